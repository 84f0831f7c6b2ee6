/** Iceberg tables of Parquet files: loading, reading, profiling, and copying out for serving. */
@NullMarked
package cn.tiaoxi.lake.table;

import org.jspecify.annotations.NullMarked;

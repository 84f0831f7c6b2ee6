/** Tables: reading files, Iceberg tables, profiles and recognised kinds, on DuckDB. */
@NullMarked
package cn.tiaoxi.lake;

import org.jspecify.annotations.NullMarked;

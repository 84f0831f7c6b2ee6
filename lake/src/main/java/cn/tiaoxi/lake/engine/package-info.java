/** DuckDB, locked down: it reads and writes the folders it is given and nothing else. */
@NullMarked
package cn.tiaoxi.lake.engine;

import org.jspecify.annotations.NullMarked;

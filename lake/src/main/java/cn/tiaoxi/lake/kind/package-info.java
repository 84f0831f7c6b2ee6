/** Recognises what a column holds, by checksum, pattern and name, and suggests its grade. */
@NullMarked
package cn.tiaoxi.lake.kind;

import org.jspecify.annotations.NullMarked;

/** An index of the digests that delivered rows leave in the trace. */
@NullMarked
package cn.tiaoxi.lake.delivery;

import org.jspecify.annotations.NullMarked;

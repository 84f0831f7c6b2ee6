/**
 * What can be seen of a gateway while it works: figures, an access log and traces. Counting makes
 * no garbage and takes no lock; whoever looks pays for it.
 */
@NullMarked
package cn.tiaoxi.gateway.meter;

import org.jspecify.annotations.NullMarked;

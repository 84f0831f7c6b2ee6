/**
 * Calls departments' own HTTP services: within their limits, checked both ways, filtered while it
 * streams. A call stays on the event loop that read it.
 */
@NullMarked
package cn.tiaoxi.gateway.upstream;

import org.jspecify.annotations.NullMarked;

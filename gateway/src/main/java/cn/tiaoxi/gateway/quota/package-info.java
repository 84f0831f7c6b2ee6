/**
 * Counts calls, correctly over any number of gateways: the store keeps what is used, and each
 * gateway leases a part of what is left.
 */
@NullMarked
package cn.tiaoxi.gateway.quota;

import org.jspecify.annotations.NullMarked;

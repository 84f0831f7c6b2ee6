/**
 * Filters the bodies of upstreams while they stream: a caller sees granted fields only, masked
 * where the grant says so.
 */
@NullMarked
package cn.tiaoxi.gateway.filter;

import org.jspecify.annotations.NullMarked;

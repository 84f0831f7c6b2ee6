/** Sharing over HTTP, for pages and for gateways. */
@NullMarked
package cn.tiaoxi.platform.sharing.web;

import org.jspecify.annotations.NullMarked;

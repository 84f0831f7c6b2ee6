/** Watching over HTTP: what gateways tell, and the stream of events for pages. */
@NullMarked
package cn.tiaoxi.platform.watching.web;

import org.jspecify.annotations.NullMarked;

/** Search over HTTP. */
@NullMarked
package cn.tiaoxi.platform.search.web;

import org.jspecify.annotations.NullMarked;

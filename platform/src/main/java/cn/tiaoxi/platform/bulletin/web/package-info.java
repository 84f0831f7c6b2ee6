/** Bulletins and their letters over HTTP. */
@NullMarked
package cn.tiaoxi.platform.bulletin.web;

import org.jspecify.annotations.NullMarked;

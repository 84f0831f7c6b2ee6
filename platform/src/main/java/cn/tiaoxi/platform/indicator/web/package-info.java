/** Indicators over HTTP. */
@NullMarked
package cn.tiaoxi.platform.indicator.web;

import org.jspecify.annotations.NullMarked;

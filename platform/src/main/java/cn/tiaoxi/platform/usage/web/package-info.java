/** The use of grants over HTTP. */
@NullMarked
package cn.tiaoxi.platform.usage.web;

import org.jspecify.annotations.NullMarked;

/** Messages over HTTP. */
@NullMarked
package cn.tiaoxi.platform.workbench.web;

import org.jspecify.annotations.NullMarked;

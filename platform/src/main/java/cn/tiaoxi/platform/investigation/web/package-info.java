/** Investigations over HTTP. */
@NullMarked
package cn.tiaoxi.platform.investigation.web;

import org.jspecify.annotations.NullMarked;

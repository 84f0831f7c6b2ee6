/** The check for duplicates over HTTP. */
@NullMarked
package cn.tiaoxi.platform.duplicate.web;

import org.jspecify.annotations.NullMarked;

/** Rules over HTTP. */
@NullMarked
package cn.tiaoxi.platform.rule.web;

import org.jspecify.annotations.NullMarked;

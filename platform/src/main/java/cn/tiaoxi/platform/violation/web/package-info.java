/** Misuse of interfaces over HTTP. */
@NullMarked
package cn.tiaoxi.platform.violation.web;

import org.jspecify.annotations.NullMarked;

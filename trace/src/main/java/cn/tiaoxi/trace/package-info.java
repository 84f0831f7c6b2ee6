/** Tamper-evident log in the tlog-tiles format; JDK only. */
@NullMarked
package cn.tiaoxi.trace;

import org.jspecify.annotations.NullMarked;

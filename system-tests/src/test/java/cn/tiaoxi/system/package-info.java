/** The whole platform as its users start it: real processes, a real browser, real faults. */
@NullMarked
package cn.tiaoxi.system;

import org.jspecify.annotations.NullMarked;

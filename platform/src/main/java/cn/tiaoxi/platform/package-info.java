/** The control plane. */
@NullMarked
package cn.tiaoxi.platform;

import org.jspecify.annotations.NullMarked;

/** The control plane: one package per capability, each on its floor. */
@NullMarked
package cn.tiaoxi.platform;

import org.jspecify.annotations.NullMarked;

/** HTTP of the module. */
@NullMarked
package cn.tiaoxi.platform.device.web;

import org.jspecify.annotations.NullMarked;

/** Templates and imports over HTTP. */
@NullMarked
package cn.tiaoxi.platform.intake.web;

import org.jspecify.annotations.NullMarked;

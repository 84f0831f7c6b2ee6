/** The trace and the calls over HTTP. */
@NullMarked
package cn.tiaoxi.platform.proof.web;

import org.jspecify.annotations.NullMarked;

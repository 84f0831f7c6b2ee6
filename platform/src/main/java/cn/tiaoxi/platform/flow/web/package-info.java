/** What waits for the signed-in person, over HTTP. */
@NullMarked
package cn.tiaoxi.platform.flow.web;

import org.jspecify.annotations.NullMarked;

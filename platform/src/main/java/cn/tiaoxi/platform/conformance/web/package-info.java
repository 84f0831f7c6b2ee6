/** Checklists and waivers over HTTP. */
@NullMarked
package cn.tiaoxi.platform.conformance.web;

import org.jspecify.annotations.NullMarked;

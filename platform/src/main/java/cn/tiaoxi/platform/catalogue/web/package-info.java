/** The catalogue over HTTP. */
@NullMarked
package cn.tiaoxi.platform.catalogue.web;

import org.jspecify.annotations.NullMarked;

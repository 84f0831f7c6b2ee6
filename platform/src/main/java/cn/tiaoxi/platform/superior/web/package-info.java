/** The levels over HTTP: what platforms say to each other, and the pages. */
@NullMarked
package cn.tiaoxi.platform.superior.web;

import org.jspecify.annotations.NullMarked;

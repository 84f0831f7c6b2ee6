/** Key persons, vendors and trainings over HTTP. */
@NullMarked
package cn.tiaoxi.platform.personnel.web;

import org.jspecify.annotations.NullMarked;

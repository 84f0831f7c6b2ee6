/** Files as people bring them: what they are, what is in them, and their rows one by one. */
@NullMarked
package cn.tiaoxi.lake.source;

import org.jspecify.annotations.NullMarked;

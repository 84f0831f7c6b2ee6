/**
 * Tables of the lake: what its rooms share, that is column types, error codes and their wording.
 */
@NullMarked
package cn.tiaoxi.lake;

import org.jspecify.annotations.NullMarked;

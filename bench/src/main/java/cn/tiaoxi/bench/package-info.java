/** Benchmarks beside a peer or a physical limit. */
@NullMarked
package cn.tiaoxi.bench;

import org.jspecify.annotations.NullMarked;

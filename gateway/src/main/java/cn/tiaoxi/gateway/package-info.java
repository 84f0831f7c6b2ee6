/** The data plane: checks each call against the policy, masks, counts, traces, answers. */
@NullMarked
package cn.tiaoxi.gateway;

import org.jspecify.annotations.NullMarked;

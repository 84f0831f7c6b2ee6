/** Records that cross a process: the gateway's policy, the trace record, the caller's signature. */
@NullMarked
package cn.tiaoxi.contract;

import org.jspecify.annotations.NullMarked;

/**
 * Tamper-evident log in the tlog-tiles format; JDK only. {@link TraceLog} writes, {@link
 * LastingLog} does so across failures of the disk, {@link TraceReader} follows, {@link LogVerifier}
 * checks.
 */
@NullMarked
package cn.tiaoxi.trace;

import org.jspecify.annotations.NullMarked;

package cn.tiaoxi.trace;

import org.jspecify.annotations.Nullable;

/** Why a trace log could not be written, read or believed. The message names the file or index. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable names of what can go wrong. */
    public enum Code {
        /** Another writer, in this process or another, has the folder open. */
        LOCKED,
        /** An earlier input or output error stopped the log; it must be opened anew. */
        FAILED,
        /** As FAILED, because the disk is full; it can be opened when there is room again. */
        DISK_FULL,
        /** The log was closed. */
        CLOSED,
        /** The queue of records waiting to become durable is full; try again later. */
        FULL,
        /** A record is longer than {@link TraceLog#MAX_RECORD_BYTES}. */
        RECORD_TOO_LARGE,
        /** The folder belongs to another key or origin than the one given. */
        KEY_MISMATCH,
        /** A text, key or file is not in the form that its specification asks for. */
        MALFORMED,
        /** No signature of the expected key verifies. */
        SIGNATURE_WRONG,
        /** What was read does not agree with the signed tree: changed, lost or never written. */
        BROKEN,
        /** The entry is proved to have been there, but it was pruned. */
        PRUNED,
        /** The log shows less than it showed before, or another history. */
        ROLLED_BACK,
        /** Files or the network could not be read; nothing is known about the log's honesty. */
        UNREACHABLE
    }

    private final Code code;

    /** A problem without an underlying exception. */
    public TraceException(Code code, String message) {
        this(code, message, null);
    }

    /** A problem with the exception that led to it. */
    public TraceException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The same problem, to be thrown to another caller with a stack trace of its own. */
    TraceException again() {
        return new TraceException(code, String.valueOf(getMessage()), this);
    }

    /** Whether the log has stopped by an error of its disk, so that opening it anew may help. */
    public boolean stopped() {
        return code == Code.FAILED || code == Code.DISK_FULL;
    }

    /** The stable name of the problem. */
    public Code code() {
        return code;
    }
}

package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.HttpUpstream.Format;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Lets through of an upstream's body what a caller may see, while it streams: pieces of any size go
 * in, what is known to be granted comes out. The body is checked whole, also what is removed; from
 * its first fault on nothing comes out. Memory does not grow with the body. One filter for each
 * answer, one thread at a time.
 */
public abstract sealed class AnswerFilter permits JsonFilter, CsvFilter {
    /** Most objects and arrays within each other. */
    public static final int MOST_DEPTH = 256;

    /** Most columns of a table. */
    public static final int MOST_COLUMNS = 10_000;

    /**
     * Most bytes of a value that is masked by its kind; of a longer one nothing is shown, as under
     * {@code HIDE}.
     */
    public static final int LONGEST_MASKED = 64 << 10;

    private static final int SCRATCH = 16 << 10;

    /** What was cut. */
    final OverReturn cuts = new OverReturn();

    private byte @Nullable [] scratch;
    private long taken;
    private @Nullable BrokenAnswerException broken;
    private boolean ended;

    AnswerFilter() {}

    /** For a service's body. */
    public static AnswerFilter of(Format format, FieldRules rules) {
        return switch (format) {
            case JSON -> json(rules);
            case NDJSON -> jsonLines(rules);
            case CSV -> csv(rules, ',');
        };
    }

    /** For a body that is one JSON value. */
    public static AnswerFilter json(FieldRules rules) {
        return new JsonFilter(rules.body(), rules.record(), false);
    }

    /** For a body of JSON values, each followed by a line feed but perhaps the last. */
    public static AnswerFilter jsonLines(FieldRules rules) {
        return new JsonFilter(rules.body(), rules.record(), true);
    }

    /**
     * For a table whose first row has the fields' names (RFC 4180; lines may end with a line feed
     * alone). Only fields named as members of the record can be columns. An empty value without
     * quotes counts as null.
     *
     * @param separator between values: an ASCII character that is no quote, CR or LF
     * @throws IllegalArgumentException if the separator cannot be one
     */
    public static AnswerFilter csv(FieldRules rules, char separator) {
        return new CsvFilter(rules.record(), separator);
    }

    /**
     * Takes the next piece of the body.
     *
     * @param piece is read to its end, not released
     * @param out gets what may be seen
     * @throws BrokenAnswerException if the body is broken, and at each call after that; what was
     *     written to {@code out} before may be sent, but the answer is not complete
     */
    public final void accept(ByteBuf piece, ByteBuf out) {
        require();
        if (piece.hasArray()) {
            int from = piece.arrayOffset() + piece.readerIndex();
            take(piece.array(), from, from + piece.readableBytes(), out);
            piece.skipBytes(piece.readableBytes());
            return;
        }
        if (scratch == null) {
            scratch = new byte[SCRATCH];
        }
        while (piece.isReadable()) {
            int length = Math.min(scratch.length, piece.readableBytes());
            piece.readBytes(scratch, 0, length);
            take(scratch, 0, length, out);
        }
    }

    /** Takes the next piece of the body from an array, as {@link #accept(ByteBuf, ByteBuf)}. */
    public final void accept(byte[] bytes, int from, int to, ByteBuf out) {
        require();
        take(bytes, from, to, out);
    }

    /**
     * Ends the body.
     *
     * @throws BrokenAnswerException if it is not complete, or was broken before
     */
    public final void end(ByteBuf out) {
        require();
        ended = true;
        try {
            finish(out);
        } catch (BrokenAnswerException e) {
            throw fail(e);
        }
    }

    /** What was cut so far. */
    public final FilterReport report() {
        return cuts.report();
    }

    private void require() {
        if (broken != null) {
            throw broken;
        }
        if (ended) {
            throw new IllegalStateException("the body has ended or could not be passed on");
        }
    }

    private void take(byte[] bytes, int from, int to, ByteBuf out) {
        boolean whole = false;
        try {
            filter(bytes, from, to, out);
            whole = true;
        } catch (BrokenAnswerException e) {
            taken -= from;
            throw fail(e);
        } finally {
            // Also where the buffer could not take more: what would come next has no beginning.
            ended |= !whole;
        }
        taken += to - from;
    }

    private BrokenAnswerException fail(BrokenAnswerException e) {
        broken = new BrokenAnswerException(e.fault(), taken + e.position());
        return broken;
    }

    /**
     * Filters a piece.
     *
     * @throws BrokenAnswerException with the fault's index in the array
     */
    abstract void filter(byte[] bytes, int from, int to, ByteBuf out);

    /**
     * Filters what the end brings.
     *
     * @throws BrokenAnswerException with position 0
     */
    abstract void finish(ByteBuf out);
}

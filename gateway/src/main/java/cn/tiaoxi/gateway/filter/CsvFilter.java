package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Filters a table by one pass over its bytes. The values of the header are held one by one, since
 * they decide what becomes of their columns; those of rows are copied in runs. A row with more or
 * fewer values than the header ends the body, for its values may stand in wrong columns; what
 * stands before the surplus or the lack of that row has left by then.
 */
final class CsvFilter extends AnswerFilter {
    private enum State {
        START,
        VALUE,
        BARE,
        QUOTED,
        QUOTE_IN_QUOTED,
        CARRIAGE_RETURN
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Longest name that can be a known one, with each byte a quote. */
    private static final int LONGEST_NAME = 2 * FieldRules.LONGEST_NAME + 2;

    private final CsvColumns columns;
    private final byte separator;
    private final long separators;

    private final Utf8 utf8 = new Utf8();
    private final MaskedValue masked = new MaskedValue();
    private final Held name = new Held(LONGEST_NAME + 1);

    private State state = State.START;
    private int matched;
    private boolean header = true;

    private int column;

    /** Whether a value of this row is written already, whether the row is an empty line so far. */
    private boolean hasValue;

    private boolean blank = true;

    /** A value is being collected for its mask. */
    private @Nullable Mask masking;

    /** Whether what follows is kept, between pieces. */
    private boolean running;

    /** Within a piece: where the run begins or -1, where a value of header or mask began. */
    private int run;

    private int token;

    CsvFilter(FieldNode record, char separator) {
        if (separator != '\t' && (separator < 0x20 || separator > 0x7E || separator == '"')) {
            throw new IllegalArgumentException("not a separator: " + (int) separator);
        }
        this.columns = new CsvColumns(record, cuts);
        this.separator = (byte) separator;
        this.separators = Bytes.repeated(this.separator);
    }

    @Override
    void filter(byte[] bytes, int from, int to, ByteBuf out) {
        run = running ? from : -1;
        token = from;
        int p = from;
        while (p < to) {
            p = step(bytes, p, to, out);
        }
        if (header) {
            name.keep(bytes, token, to);
        } else if (masking != null) {
            masked.keep(bytes, token, to);
        }
        running = run >= 0;
        write(bytes, to, out);
    }

    /** Takes at least a byte, or changes the state. */
    private int step(byte[] bytes, int p, int to, ByteBuf out) {
        return switch (state) {
            case START -> start(bytes, p, out);
            case VALUE -> value(bytes, p);
            case BARE -> bare(bytes, p, to, out);
            case QUOTED -> quoted(bytes, p, to);
            case QUOTE_IN_QUOTED -> afterQuote(bytes, p, out);
            case CARRIAGE_RETURN -> {
                require(bytes[p] == '\n', p);
                yield lineEnds(bytes, p, out);
            }
        };
    }

    private static void require(boolean holds, int p) {
        if (!holds) {
            throw new BrokenAnswerException(Fault.NOT_CSV, p);
        }
    }

    /** A byte order mark is passed on: spreadsheet programs need it. */
    private int start(byte[] bytes, int p, ByteBuf out) {
        if (matched < BYTE_ORDER_MARK.length && bytes[p] == BYTE_ORDER_MARK[matched]) {
            matched++;
            if (matched == BYTE_ORDER_MARK.length) {
                out.writeBytes(BYTE_ORDER_MARK);
            }
            token = p + 1;
            return p + 1;
        }
        require(matched == 0 || matched == BYTE_ORDER_MARK.length, p);
        state = State.VALUE;
        token = p;
        return p;
    }

    private int value(byte[] bytes, int p) {
        boolean quoted = bytes[p] == '"';
        blank &= bytes[p] == '\r' || bytes[p] == '\n';
        state = quoted ? State.QUOTED : State.BARE;
        return quoted ? p + 1 : p;
    }

    private int bare(byte[] bytes, int p, int to, ByteBuf out) {
        if (utf8.isOpen()) {
            p = utf8.take(bytes, p, to);
        }
        while (true) {
            p = Bytes.untilCsvMark(bytes, p, to, separators);
            if (p >= to) {
                return to;
            }
            byte mark = bytes[p];
            if (mark == separator || mark == '\n' || mark == '\r') {
                return afterValue(bytes, p, out);
            }
            require(mark != '"', p);
            p = mark < 0 ? utf8.take(bytes, p, to) : p + 1;
        }
    }

    private int quoted(byte[] bytes, int p, int to) {
        if (utf8.isOpen()) {
            p = utf8.take(bytes, p, to);
        }
        while (true) {
            p = Bytes.untilQuote(bytes, p, to);
            if (p >= to) {
                return to;
            }
            if (bytes[p] == '"') {
                state = State.QUOTE_IN_QUOTED;
                return p + 1;
            }
            p = utf8.take(bytes, p, to);
        }
    }

    private int afterQuote(byte[] bytes, int p, ByteBuf out) {
        if (bytes[p] == '"') {
            state = State.QUOTED;
            return p + 1;
        }
        return afterValue(bytes, p, out);
    }

    private int afterValue(byte[] bytes, int p, ByteBuf out) {
        byte mark = bytes[p];
        require(mark == separator || mark == '\n' || mark == '\r', p);
        valueEnds(bytes, p, out);
        token = p + 1;
        if (mark == separator) {
            column++;
            state = State.VALUE;
            if (!header) {
                valueBegins(bytes, p + 1, out);
            }
            return p + 1;
        }
        require(header || blank || column + 1 == columns.width(), p);
        run = run < 0 ? p : run;
        if (mark == '\n') {
            return lineEnds(bytes, p, out);
        }
        state = State.CARRIAGE_RETURN;
        return p + 1;
    }

    private int lineEnds(byte[] bytes, int p, ByteBuf out) {
        countRow();
        header &= blank;
        column = 0;
        hasValue = false;
        blank = true;
        state = State.VALUE;
        token = p + 1;
        if (header) {
            write(bytes, p + 1, out);
        } else {
            valueBegins(bytes, p + 1, out);
        }
        return p + 1;
    }

    private void countRow() {
        if (!header && !blank) {
            cuts.record();
        }
    }

    /** Behind a separator or a line's end, in rows below the header. */
    private void valueBegins(byte[] bytes, int p, ByteBuf out) {
        require(column < columns.width(), p - 1);
        FieldNode field = columns.shown(column);
        boolean plain = field != null && field.mask() == null;
        if (!plain) {
            write(bytes, column == 0 ? p : p - 1, out);
        }
        if (field == null) {
            return;
        }
        if (run < 0 && hasValue) {
            out.writeByte(separator);
        }
        hasValue = true;
        if (plain) {
            run = run < 0 ? p : run;
        } else {
            masking = field.mask();
            token = p;
        }
    }

    private void valueEnds(byte[] bytes, int end, ByteBuf out) {
        if (header) {
            if (!blank) {
                headerValue(bytes, end, out);
            }
            return;
        }
        if (masking != null) {
            if (!blank) {
                masked.csv(masking, bytes, token, end, out);
            }
            masking = null;
            run = end;
        } else if (!blank && columns.shown(column) == null) {
            columns.count(column);
        }
    }

    private void headerValue(byte[] bytes, int end, ByteBuf out) {
        if (columns.width() == MOST_COLUMNS) {
            throw new BrokenAnswerException(Fault.TOO_WIDE, end);
        }
        boolean held = !name.isEmpty();
        if (held) {
            name.keep(bytes, token, end);
        }
        byte[] cell = held ? name.bytes() : bytes;
        int from = held ? 0 : token;
        int to = held ? name.length() : end;
        columns.add(cell, from, to);
        if (columns.shown(column) != null) {
            if (hasValue) {
                out.writeByte(separator);
            }
            hasValue = true;
            out.writeBytes(cell, from, to - from);
        }
        name.clear();
    }

    /** Writes the run up to p and ends it. */
    private void write(byte[] bytes, int p, ByteBuf out) {
        if (run >= 0 && p > run) {
            out.writeBytes(bytes, run, p - run);
        }
        run = -1;
    }

    private boolean isMarkCut() {
        return state == State.START && matched != 0 && matched != BYTE_ORDER_MARK.length;
    }

    @Override
    void finish(ByteBuf out) {
        boolean open = state == State.QUOTED || state == State.CARRIAGE_RETURN || utf8.isOpen();
        if (open || isMarkCut()) {
            throw new BrokenAnswerException(Fault.CUT_OFF, 0);
        }
        if (!blank) {
            token = 0;
            valueEnds(new byte[0], 0, out);
            require(header || column + 1 == columns.width(), 0);
            countRow();
        }
    }
}

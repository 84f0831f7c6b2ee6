package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Filters JSON by one pass over its bytes. What is kept is copied in runs as long as they come: a
 * run ends where something is removed or masked, or with the piece.
 *
 * <p>A comma and the name after it belong to the run only once the name is known to be kept, so the
 * run has a tentative end. Where a piece ends between them, the run is written up to there, the
 * comma becomes a flag and the name is held; white space around them is dropped.
 */
final class JsonFilter extends AnswerFilter {
    /** What the next byte that is no white space may be. */
    private enum State {
        START,
        VALUE,
        FIRST_ELEMENT,
        FIRST_NAME,
        NAME,
        IN_NAME,
        COLON,
        STRING,
        NUMBER,
        LITERAL,
        AFTER_VALUE,
        DONE
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] HIDDEN =
            ('"' + Masks.HIDDEN + '"').getBytes(StandardCharsets.US_ASCII);

    private final FieldNode root;
    private final FieldNode record;
    private final boolean lines;
    private final JsonString string = new JsonString();
    private final JsonNumber number = new JsonNumber();
    private final JsonLiteral literal = new JsonLiteral();
    private final MaskedValue masked = new MaskedValue();
    private final JsonName name = new JsonName(cuts);

    /** Where it stands in the grammar. */
    private State state = State.START;

    /** Bytes seen of the byte order mark. */
    private int matched;

    /** Whether another value may come, for lines. */
    private boolean separated = true;

    private final Levels levels = new Levels();

    /** The field of the value that comes or is being read; of no meaning while dropping. */
    private FieldNode node;

    /** The value at this depth is being removed; {@code resuming} if something stands for it. */
    private boolean dropping;

    private boolean resuming;
    private int dropDepth;

    /** A value is being collected for its mask. */
    private @Nullable Mask masking;

    /** Whether what follows is kept, between pieces. */
    private boolean running = true;

    /** A piece ended before a name was decided on. */
    private boolean undecided;

    /** Whether a comma comes before the name if that is kept. */
    private boolean commaPending;

    /** Within a piece: where the run begins or -1, its tentative end or -1, where a token began. */
    private int run;

    private int tentative;
    private int token;

    JsonFilter(FieldNode root, FieldNode record, boolean lines) {
        this.root = root;
        this.record = record;
        this.node = root;
        this.lines = lines;
    }

    @Override
    void filter(byte[] bytes, int from, int to, ByteBuf out) {
        run = running ? from : -1;
        tentative = -1;
        token = from;
        int p = from;
        while (p < to) {
            p = step(bytes, p, to, out);
        }
        suspend(bytes, to, out);
    }

    /** Takes at least a byte, or changes the state. */
    private int step(byte[] bytes, int p, int to, ByteBuf out) {
        return switch (state) {
            case IN_NAME -> name(bytes, p, to, out);
            case STRING -> string(bytes, p, to, out);
            case NUMBER -> number(bytes, p, to, out);
            case LITERAL -> literal(bytes, p, to, out);
            case START -> start(bytes, p);
            case DONE -> done(bytes, p);
            default -> {
                int next = Bytes.skipJsonSpace(bytes, p, to);
                yield next < to ? mark(bytes, next, to, out) : to;
            }
        };
    }

    /** A byte that is no white space, where the grammar has a choice. */
    private int mark(byte[] bytes, int p, int to, ByteBuf out) {
        byte c = bytes[p];
        switch (state) {
            case COLON -> {
                require(c == ':', p);
                state = State.VALUE;
            }
            case NAME, FIRST_NAME -> {
                if (c != '}' || state == State.NAME) {
                    require(c == '"', p);
                    return nameBegins(bytes, p, to, out);
                }
                close(p);
            }
            case AFTER_VALUE -> {
                afterValue(p, c);
                if (state == State.NAME && p + 1 < to && bytes[p + 1] == '"') {
                    return nameBegins(bytes, p + 1, to, out);
                }
            }
            case FIRST_ELEMENT -> {
                if (c != ']') {
                    return value(bytes, p, to, out);
                }
                close(p);
            }
            default -> {
                return value(bytes, p, to, out);
            }
        }
        return p + 1;
    }

    private int nameBegins(byte[] bytes, int p, int to, ByteBuf out) {
        string.begin();
        token = p + 1;
        state = State.IN_NAME;
        return name(bytes, p + 1, to, out);
    }

    /** A name, and its colon if it follows at once. */
    private int name(byte[] bytes, int p, int to, ByteBuf out) {
        int end = string.scan(bytes, p, to);
        if (string.isClosed()) {
            nameEnds(bytes, end, out);
            if (end < to && bytes[end] == ':') {
                state = State.VALUE;
                return end + 1;
            }
        }
        return end;
    }

    private int string(byte[] bytes, int p, int to, ByteBuf out) {
        int end = string.scan(bytes, p, to);
        if (string.isClosed()) {
            scalarEnds(bytes, end, out);
        }
        return end;
    }

    private int number(byte[] bytes, int p, int to, ByteBuf out) {
        int end = number.scan(bytes, p, to);
        if (end < to) {
            scalarEnds(bytes, end, out);
        }
        return end;
    }

    private int literal(byte[] bytes, int p, int to, ByteBuf out) {
        int end = literal.scan(bytes, p, to);
        if (literal.isComplete()) {
            scalarEnds(bytes, end, out);
        }
        return end;
    }

    private static void require(boolean holds, int p) {
        if (!holds) {
            throw new BrokenAnswerException(Fault.NOT_JSON, p);
        }
    }

    /** A byte order mark is taken and not passed on. */
    private int start(byte[] bytes, int p) {
        if (matched < BYTE_ORDER_MARK.length && bytes[p] == BYTE_ORDER_MARK[matched]) {
            matched++;
            run = p + 1;
            return p + 1;
        }
        require(matched == 0 || matched == BYTE_ORDER_MARK.length, p);
        state = lines ? State.DONE : State.VALUE;
        return p;
    }

    private int done(byte[] bytes, int p) {
        byte c = bytes[p];
        if (Bytes.isJsonSpace(c)) {
            separated |= c == '\n';
            return p + 1;
        }
        require(lines && separated, p);
        separated = false;
        node = root;
        state = State.VALUE;
        return p;
    }

    private void afterValue(int p, byte c) {
        if (c != ',') {
            require(c == (levels.isObject() ? '}' : ']'), p);
            close(p);
        } else if (levels.isObject()) {
            state = State.NAME;
            if (!dropping) {
                commaPending = levels.hasMember();
                tentative = commaPending ? p : p + 1;
                run = run < 0 ? tentative : run;
            }
        } else {
            state = State.VALUE;
            node = levels.field();
        }
    }

    private int value(byte[] bytes, int p, int to, ByteBuf out) {
        byte c = bytes[p];
        if (c == '{' || c == '[') {
            open(bytes, p, c == '{', out);
            return p + 1;
        }
        if (!dropping) {
            scalarBegins(bytes, p, c, out);
        }
        if (c == '"') {
            string.begin();
            state = State.STRING;
            return string(bytes, p + 1, to, out);
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            number.begin();
            state = State.NUMBER;
            return number(bytes, p, to, out);
        }
        literal.begin(c);
        state = State.LITERAL;
        return literal(bytes, p, to, out);
    }

    private void open(byte[] bytes, int p, boolean object, ByteBuf out) {
        if (levels.depth() == MOST_DEPTH) {
            throw new BrokenAnswerException(Fault.TOO_DEEP, p);
        }
        if (object && !dropping && node.mask() != null) {
            replace(HIDDEN, bytes, p, out);
        }
        levels.push(object, node);
        state = object ? State.FIRST_NAME : State.FIRST_ELEMENT;
        if (object && !dropping) {
            commaPending = false;
            tentative = p + 1;
            cuts.object(node, record);
        }
    }

    private void close(int p) {
        if (!dropping && levels.isObject()) {
            tentative = -1;
            undecided = false;
            run = run < 0 ? p : run;
        }
        levels.pop();
        valueEnds(p + 1);
    }

    private void scalarBegins(byte[] bytes, int p, byte c, ByteBuf out) {
        if (!node.isGranted()) {
            if (c != 'n') {
                cuts.notAnObject(node);
                replace(JsonLiteral.NULL, bytes, p, out);
            }
        } else if (node.mask() != null) {
            write(bytes, p, out);
            masking = node.mask();
            token = p;
        }
    }

    /** Writes something in the place of a value and drops the value. */
    private void replace(byte[] by, byte[] bytes, int p, ByteBuf out) {
        write(bytes, p, out);
        out.writeBytes(by);
        drop();
        resuming = true;
    }

    private void drop() {
        dropping = true;
        dropDepth = levels.depth();
        resuming = false;
    }

    /** Writes the run up to p and ends it. */
    private void write(byte[] bytes, int p, ByteBuf out) {
        if (run >= 0 && p > run) {
            out.writeBytes(bytes, run, p - run);
        }
        run = -1;
    }

    private void scalarEnds(byte[] bytes, int end, ByteBuf out) {
        if (masking != null) {
            boolean escaped = state == State.STRING && string.isEscaped();
            masked.json(masking, bytes, token, end, escaped, out);
            masking = null;
            run = end;
        }
        valueEnds(end);
    }

    private void valueEnds(int end) {
        if (dropping && levels.depth() == dropDepth) {
            dropping = false;
            run = resuming ? end : -1;
        }
        state = levels.depth() == 0 ? State.DONE : State.AFTER_VALUE;
    }

    /** The name that ends with its quote before {@code end}: keeps its member or drops it. */
    private void nameEnds(byte[] bytes, int end, ByteBuf out) {
        state = State.COLON;
        if (dropping) {
            return;
        }
        FieldNode field = name.field(levels.field(), bytes, token, end - 1, string.isEscaped());
        if (field == null) {
            write(bytes, tentative, out);
            drop();
        } else {
            node = field;
            levels.memberKept();
            if (undecided) {
                if (commaPending) {
                    out.writeByte(',');
                }
                name.write(bytes, token, end - 1, out);
                run = end;
            }
        }
        name.clear();
        tentative = -1;
        undecided = false;
    }

    /** At the end of a piece. */
    private void suspend(byte[] bytes, int to, ByteBuf out) {
        if (masking != null) {
            masked.keep(bytes, token, to);
        } else if (state == State.IN_NAME && !dropping) {
            name.keep(bytes, token, to);
        }
        undecided |= tentative >= 0;
        running = run >= 0 && tentative < 0;
        write(bytes, tentative >= 0 ? tentative : to, out);
    }

    @Override
    void finish(ByteBuf out) {
        if (state == State.NUMBER && levels.depth() == 0 && number.isComplete()) {
            token = 0;
            scalarEnds(new byte[0], 0, out);
        }
        boolean empty = lines && state == State.START && matched != 1 && matched != 2;
        if (state != State.DONE && !empty) {
            throw new BrokenAnswerException(Fault.CUT_OFF, 0);
        }
    }
}

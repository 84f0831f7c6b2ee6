package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.HttpUpstream.Format;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads whose records an upstream's body holds, while it streams: the values of one field, granted
 * or not. The body passes a filter that lets nothing else through, and what is left is read. Memory
 * does not grow with the body. One reader for each answer, one thread at a time.
 */
public final class SubjectReader {
    /** A longer value names nobody, in bytes. */
    static final int LONGEST = 4 << 10;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(LONGEST)
                                    .maxNumberLength(LONGEST)
                                    .build())
                    .build();

    /** Reads what is left of the body. */
    private interface Values {
        void take(byte[] bytes, int from, int to);

        void end();
    }

    private final AnswerFilter filter;
    private final Values values;
    private final ByteBuf left = Unpooled.buffer(1 << 10);

    /** Nothing more is read: the body is broken, or a value too long to be skipped. */
    private boolean over;

    /**
     * @param only lets the field through and nothing else
     * @param taker is given each value
     */
    public SubjectReader(Format format, FieldRules only, Consumer<String> taker) {
        this.filter = AnswerFilter.of(format, only);
        this.values = format == Format.CSV ? new Lines(taker) : new Scalars(taker);
    }

    /** Takes the next piece of the body, which is read to its end, not released. */
    public void accept(ByteBuf piece) {
        if (over) {
            piece.skipBytes(piece.readableBytes());
            return;
        }
        try {
            filter.accept(piece, left);
            read();
        } catch (BrokenAnswerException | JacksonException e) {
            over = true;
        }
    }

    /** Ends the body. */
    public void end() {
        if (over) {
            return;
        }
        over = true;
        try {
            filter.end(left);
            read();
            values.end();
        } catch (BrokenAnswerException | JacksonException e) {
            left.clear();
        }
    }

    private void read() {
        values.take(left.array(), left.arrayOffset(), left.arrayOffset() + left.readableBytes());
        left.clear();
    }

    /** JSON: every text and number that is left is a subject. */
    private static final class Scalars implements Values {
        private final Consumer<String> taker;
        private final JsonParser parser =
                JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());

        Scalars(Consumer<String> taker) {
            this.taker = taker;
        }

        @Override
        public void take(byte[] bytes, int from, int to) {
            if (from == to) {
                return;
            }
            ((ByteArrayFeeder) parser.nonBlockingInputFeeder()).feedInput(bytes, from, to);
            read();
        }

        @Override
        public void end() {
            parser.nonBlockingInputFeeder().endOfInput();
            read();
        }

        private void read() {
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.NOT_AVAILABLE) {
                if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    taker.accept(parser.getString());
                }
                token = parser.nextToken();
            }
        }
    }

    /** A table of one column: each row but the first is a subject. */
    private static final class Lines implements Values {
        private final Consumer<String> taker;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();
        private boolean quoted;
        private boolean header = true;

        Lines(Consumer<String> taker) {
            this.taker = taker;
        }

        @Override
        public void take(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n' && !quoted) {
                    end();
                } else {
                    quoted ^= bytes[i] == '"';
                    if (value.size() <= LONGEST) {
                        value.write(bytes[i]);
                    }
                }
            }
        }

        @Override
        public void end() {
            String text = value.toString(StandardCharsets.UTF_8).strip();
            if (!header && !text.isEmpty() && value.size() <= LONGEST) {
                taker.accept(text.startsWith("\"") ? unquoted(text) : text);
            }
            header = false;
            value.reset();
        }

        private static String unquoted(String text) {
            return text.substring(1, text.length() - 1).replace("\"\"", "\"");
        }
    }
}

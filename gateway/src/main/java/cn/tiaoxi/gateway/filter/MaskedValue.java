package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Masks a value as it stands in the body. One that lies within a piece is masked where it is; one
 * that is split is collected here first, up to the bound.
 */
final class MaskedValue {
    /** The longest value with its quotes, and one more byte that tells of a longer one. */
    private static final int MOST = AnswerFilter.LONGEST_MASKED + 3;

    private static final byte[] HIDDEN = Masks.HIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Held held = new Held(MOST);

    /** Keeps a part of a value whose end is in a later piece. */
    void keep(byte[] bytes, int from, int to) {
        held.keep(bytes, from, to);
    }

    /**
     * Writes a JSON value, text or bare, masked.
     *
     * @param from where the value begins, or the part of it that is not kept yet
     * @param escaped whether the text has escapes
     */
    void json(Mask mask, byte[] bytes, int from, int to, boolean escaped, ByteBuf out) {
        if (held.isEmpty()) {
            writeJson(mask, bytes, from, to, escaped, out);
        } else {
            held.keep(bytes, from, to);
            writeJson(mask, held.bytes(), 0, held.length(), escaped, out);
            held.clear();
        }
    }

    private static void writeJson(
            Mask mask, byte[] bytes, int from, int to, boolean escaped, ByteBuf out) {
        boolean text = bytes[from] == '"';
        if (bytes[from] == 'n' && mask != Mask.HIDE) {
            out.writeBytes(NULL);
            return;
        }
        int begin = text ? from + 1 : from;
        int end = text ? to - 1 : to;
        out.writeByte('"');
        if (end - begin > AnswerFilter.LONGEST_MASKED) {
            out.writeBytes(HIDDEN);
        } else if (escaped) {
            JsonString.encode(mask(mask, JsonString.decode(bytes, begin, end)), out);
        } else if (!ByteMasks.write(mask, bytes, begin, end, out)) {
            String value = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
            JsonString.encode(mask(mask, value), out);
        }
        out.writeByte('"');
    }

    /** Writes a value of a table, with its quotes if it has any, masked. */
    void csv(Mask mask, byte[] bytes, int from, int to, ByteBuf out) {
        if (held.isEmpty()) {
            writeCsv(mask, bytes, from, to, out);
        } else {
            held.keep(bytes, from, to);
            writeCsv(mask, held.bytes(), 0, held.length(), out);
            held.clear();
        }
    }

    private static void writeCsv(Mask mask, byte[] bytes, int from, int to, ByteBuf out) {
        if (from == to) {
            if (mask == Mask.HIDE) {
                out.writeBytes(HIDDEN);
            }
            return;
        }
        boolean quoted = bytes[from] == '"';
        int begin = quoted ? from + 1 : from;
        int end = quoted ? to - 1 : to;
        if (end - begin > AnswerFilter.LONGEST_MASKED) {
            out.writeBytes(HIDDEN);
            return;
        }
        if (quoted) {
            out.writeByte('"');
        }
        boolean doubled = quoted && Bytes.contains(bytes, begin, end, (byte) '"');
        if (doubled || !ByteMasks.write(mask, bytes, begin, end, out)) {
            String raw = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
            String masked = mask(mask, quoted ? raw.replace("\"\"", "\"") : raw);
            String written = quoted ? masked.replace("\"", "\"\"") : masked;
            out.writeCharSequence(written, StandardCharsets.UTF_8);
        }
        if (quoted) {
            out.writeByte('"');
        }
    }

    private static String mask(Mask mask, String value) {
        String masked = Masks.apply(mask, value);
        return masked == null ? Masks.HIDDEN : masked;
    }
}

package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Walks through a JSON string, over pieces that end anywhere. One thread at a time. */
final class JsonString {
    private static final int AFTER_BACKSLASH = 5;

    private final Utf8 utf8 = new Utf8();

    /** 0 outside of an escape, {@link #AFTER_BACKSLASH}, or how many hexadecimal digits lack. */
    private int escape;

    private boolean escaped;
    private boolean closed;

    /** Begins behind the opening quote. */
    void begin() {
        escaped = false;
        closed = false;
    }

    /** Whether the closing quote was reached. */
    boolean isClosed() {
        return closed;
    }

    /** Whether the string has had an escape. */
    boolean isEscaped() {
        return escaped;
    }

    /**
     * Goes on.
     *
     * @return where the string's end is, behind the closing quote, or the piece's end
     */
    int scan(byte[] bytes, int p, int to) {
        if (escape != 0) {
            p = escape(bytes, p, to);
        } else if (utf8.isOpen()) {
            p = utf8.take(bytes, p, to);
        }
        while (true) {
            p = Bytes.untilJsonMark(bytes, p, to);
            if (p >= to) {
                return to;
            }
            byte mark = bytes[p];
            if (mark == '"') {
                closed = true;
                return p + 1;
            } else if (mark < 0) {
                p = utf8.take(bytes, p, to);
            } else if (mark == '\\') {
                escaped = true;
                escape = AFTER_BACKSLASH;
                p = escape(bytes, p + 1, to);
            } else {
                throw new BrokenAnswerException(Fault.NOT_JSON, p);
            }
        }
    }

    private int escape(byte[] bytes, int p, int to) {
        while (escape != 0 && p < to) {
            byte next = bytes[p];
            if (escape == AFTER_BACKSLASH) {
                escape =
                        switch (next) {
                            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 0;
                            case 'u' -> 4;
                            default -> throw new BrokenAnswerException(Fault.NOT_JSON, p);
                        };
            } else if (hex(next) >= 0) {
                escape--;
            } else {
                throw new BrokenAnswerException(Fault.NOT_JSON, p);
            }
            p++;
        }
        return p;
    }

    private static int hex(byte digit) {
        return digit >= 0 ? Character.digit(digit, 16) : -1;
    }

    /** The text of a string that was walked through; escapes may leave lone surrogates in it. */
    static String decode(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int p = 0;
        int backslash;
        while ((backslash = raw.indexOf('\\', p)) >= 0) {
            text.append(raw, p, backslash);
            char kind = raw.charAt(backslash + 1);
            p = backslash + 2;
            switch (kind) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, p, p + 4, 16));
                    p += 4;
                }
                default -> text.append(kind);
            }
        }
        return text.append(raw, p, raw.length()).toString();
    }

    /** Writes what stands between the quotes. */
    static void encode(String text, ByteBuf out) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                encoded.append('\\').append(c);
            } else if (c < 0x20 || isLoneSurrogate(text, i)) {
                encoded.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    encoded.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                encoded.append(c);
            }
        }
        out.writeCharSequence(encoded, StandardCharsets.UTF_8);
    }

    /** Whether a text cannot be written in UTF-8. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isLoneSurrogate(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a character is half of a pair whose other half is not beside it. */
    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}

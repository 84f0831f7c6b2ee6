package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import org.jspecify.annotations.Nullable;

/** Walks through a JSON number (RFC 8259, 6), over pieces that end anywhere. */
final class JsonNumber {
    private enum Part {
        START,
        MINUS,
        ZERO,
        WHOLE,
        POINT,
        FRACTION,
        EXPONENT,
        SIGN,
        POWER
    }

    private Part part = Part.START;

    void begin() {
        part = Part.START;
    }

    /** Whether what was read so far is a number. */
    boolean isComplete() {
        return switch (part) {
            case ZERO, WHOLE, FRACTION, POWER -> true;
            case START, MINUS, POINT, EXPONENT, SIGN -> false;
        };
    }

    /**
     * Goes on.
     *
     * @return where the first byte stands that belongs to the number no more, or the piece's end
     */
    int scan(byte[] bytes, int p, int to) {
        Part now = part;
        for (; p < to; p++) {
            byte c = bytes[p];
            boolean digit = c >= '0' && c <= '9';
            if (digit && (now == Part.WHOLE || now == Part.FRACTION || now == Part.POWER)) {
                continue;
            }
            Part next = next(now, c, digit);
            if (next == null) {
                part = now;
                if (!isComplete()) {
                    throw new BrokenAnswerException(Fault.NOT_JSON, p);
                }
                return p;
            }
            now = next;
        }
        part = now;
        return p;
    }

    private static @Nullable Part next(Part now, byte c, boolean digit) {
        return switch (now) {
            case START -> c == '-' ? Part.MINUS : whole(c, digit);
            case MINUS -> whole(c, digit);
            case ZERO, WHOLE -> c == '.' ? Part.POINT : exponent(c);
            case POINT -> digit ? Part.FRACTION : null;
            case FRACTION -> exponent(c);
            case EXPONENT -> c == '+' || c == '-' ? Part.SIGN : digit ? Part.POWER : null;
            case SIGN -> digit ? Part.POWER : null;
            case POWER -> null;
        };
    }

    private static @Nullable Part whole(byte c, boolean digit) {
        return c == '0' ? Part.ZERO : digit ? Part.WHOLE : null;
    }

    private static @Nullable Part exponent(byte c) {
        return c == 'e' || c == 'E' ? Part.EXPONENT : null;
    }
}

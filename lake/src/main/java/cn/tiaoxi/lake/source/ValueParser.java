package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.RowFault;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a field into a value: full-width digits are digits, days and times may be
 * written the Chinese way, numbers may have thousands separators. Never rounds and never guesses.
 * The methods return what is wrong, or null and leave the value in the accessors. Allocates nothing
 * on the common path. Used by one thread.
 */
public final class ValueParser {
    /** Bytes of an encoded decimal. */
    public static final int DECIMAL_BYTES = 16;

    private static final int LONGEST = 200;
    private static final long[] POWERS = new long[19];
    private static final BigDecimal MOST =
            BigDecimal.TEN.pow(ColumnType.DECIMAL_PRECISION - ColumnType.DECIMAL_SCALE);

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final FieldText text = new FieldText(LONGEST);
    private final MomentParser moments;
    private final byte[] digits = new byte[LONGEST];
    private final byte[] decimal = new byte[DECIMAL_BYTES];
    private final ByteBuffer decimalBuffer = ByteBuffer.wrap(decimal);
    private long number;

    private int digitCount;
    private int fractionCount;
    private boolean negative;
    private int exponent;

    /** A parser that takes times without an offset as times of a zone. */
    public ValueParser(ZoneId zone) {
        moments = new MomentParser(zone);
    }

    /** Whether a field holds nothing but blanks, ASCII or full-width ones. */
    public static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == (byte) 0xe3
                    && i + 2 < to
                    && bytes[i + 1] == (byte) 0x80
                    && bytes[i + 2] == (byte) 0x80) {
                i += 2;
            } else if (c == (byte) 0xc2 && i + 1 < to && bytes[i + 1] == (byte) 0xa0) {
                i += 1;
            } else if (c < 0 || c > ' ' || (c < ' ' && c != '\t' && c != '\n' && c != '\r')) {
                return false;
            }
        }
        return true;
    }

    /** The whole number, 0 or 1 for a truth value, days or microseconds since 1970 for moments. */
    public long number() {
        return number;
    }

    /**
     * The decimal times 10 to the {@value ColumnType#DECIMAL_SCALE}, big-endian. Changes with the
     * next one parsed.
     */
    public byte[] decimal() {
        return decimal;
    }

    /** Parses a text of any type but TEXT. */
    @Nullable RowFault parse(ColumnType type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return parse(type, bytes, 0, bytes.length);
    }

    /**
     * Parses a field that is not blank.
     *
     * @throws IllegalArgumentException for TEXT, which needs no parsing
     */
    public @Nullable RowFault parse(ColumnType type, byte[] bytes, int from, int to) {
        return switch (type) {
            case INTEGER -> parseInteger(bytes, from, to);
            case DECIMAL -> parseDecimal(bytes, from, to);
            case BOOLEAN -> parseBoolean(bytes, from, to);
            case DATE -> parseDate(bytes, from, to);
            case TIMESTAMP -> parseTimestamp(bytes, from, to);
            case TEXT -> throw new IllegalArgumentException("text needs no parsing");
        };
    }

    private @Nullable RowFault parseInteger(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= 18) {
            long value = 0;
            int i = from;
            boolean minus = bytes[i] == '-';
            if (minus && length > 1) {
                i++;
            }
            while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + (bytes[i] - '0');
                i++;
            }
            if (i == to) {
                number = minus ? -value : value;
                return null;
            }
        }
        if (!readNumber(bytes, from, to)) {
            return RowFault.NOT_INTEGER;
        }
        return takeInteger();
    }

    private @Nullable RowFault takeInteger() {
        BigDecimal value = slowNumber();
        if (value.precision() - value.scale() > 25) {
            return RowFault.INTEGER_TOO_LARGE;
        }
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            return RowFault.NOT_INTEGER;
        }
        try {
            number = value.longValueExact();
            return null;
        } catch (ArithmeticException e) {
            return RowFault.INTEGER_TOO_LARGE;
        }
    }

    private @Nullable RowFault parseDecimal(byte[] bytes, int from, int to) {
        if (!readNumber(bytes, from, to)) {
            return RowFault.NOT_DECIMAL;
        }
        if (digitCount <= 18 && fractionCount <= ColumnType.DECIMAL_SCALE && exponent == 0) {
            long unscaled = 0;
            for (int i = 0; i < digitCount; i++) {
                unscaled = unscaled * 10 + digits[i];
            }
            long power = POWERS[ColumnType.DECIMAL_SCALE - fractionCount];
            long high = Math.multiplyHigh(unscaled, power);
            long low = unscaled * power;
            if (negative) {
                high = ~high + (low == 0 ? 1 : 0);
                low = -low;
            }
            decimalBuffer.putLong(0, high).putLong(8, low);
            return null;
        }
        return takeDecimal();
    }

    private @Nullable RowFault takeDecimal() {
        BigDecimal value = slowNumber().stripTrailingZeros();
        if (value.scale() > ColumnType.DECIMAL_SCALE
                || value.scale() < -50
                || value.abs().compareTo(MOST) >= 0) {
            return RowFault.DECIMAL_TOO_LONG;
        }
        byte[] unscaled = value.setScale(ColumnType.DECIMAL_SCALE).unscaledValue().toByteArray();
        int padding = DECIMAL_BYTES - unscaled.length;
        Arrays.fill(decimal, 0, padding, value.signum() < 0 ? (byte) -1 : 0);
        System.arraycopy(unscaled, 0, decimal, padding, unscaled.length);
        return null;
    }

    private BigDecimal slowNumber() {
        StringBuilder plain = new StringBuilder(negative ? "-" : "");
        for (int i = 0; i < digitCount; i++) {
            plain.append((char) ('0' + digits[i]));
        }
        return new BigDecimal(plain.toString()).scaleByPowerOfTen(exponent - fractionCount);
    }

    /** Reads sign, digits with thousands separators, fraction and exponent. */
    private boolean readNumber(byte[] bytes, int from, int to) {
        if (!text.fold(bytes, from, to, false)) {
            return false;
        }
        byte[] b = text.bytes();
        int i = text.from();
        int end = text.to();
        digitCount = 0;
        fractionCount = 0;
        exponent = 0;
        negative = i < end && b[i] == '-';
        if (i < end && (b[i] == '-' || b[i] == '+')) {
            i++;
        }
        int group = -1;
        while (i < end && ((b[i] >= '0' && b[i] <= '9') || b[i] == ',')) {
            if (b[i] == ',') {
                if (group == -1 ? digitCount == 0 || digitCount > 3 : group != 3) {
                    return false;
                }
                group = 0;
            } else {
                digits[digitCount++] = (byte) (b[i] - '0');
                if (group >= 0) {
                    group++;
                }
            }
            i++;
        }
        if (group >= 0 && group != 3) {
            return false;
        }
        if (i < end && b[i] == '.') {
            i++;
            while (i < end && b[i] >= '0' && b[i] <= '9') {
                digits[digitCount++] = (byte) (b[i] - '0');
                fractionCount++;
                i++;
            }
        }
        return digitCount > 0 && (i == end || readExponent(b, i, end));
    }

    private boolean readExponent(byte[] b, int from, int end) {
        int i = from;
        if (b[i] != 'e' && b[i] != 'E') {
            return false;
        }
        i++;
        boolean minus = i < end && b[i] == '-';
        if (i < end && (b[i] == '-' || b[i] == '+')) {
            i++;
        }
        if (i == end || end - i > 3) {
            return false;
        }
        for (; i < end; i++) {
            if (b[i] < '0' || b[i] > '9') {
                return false;
            }
            exponent = exponent * 10 + (b[i] - '0');
        }
        if (minus) {
            exponent = -exponent;
        }
        return true;
    }

    private @Nullable RowFault parseBoolean(byte[] bytes, int from, int to) {
        int truth = Truth.of(bytes, from, to);
        if (truth < 0) {
            return RowFault.NOT_BOOLEAN;
        }
        number = truth;
        return null;
    }

    private @Nullable RowFault parseDate(byte[] bytes, int from, int to) {
        RowFault fault =
                text.fold(bytes, from, to, true) ? moments.parseDate(text) : RowFault.NOT_DATE;
        number = moments.value();
        return fault;
    }

    private @Nullable RowFault parseTimestamp(byte[] bytes, int from, int to) {
        RowFault fault =
                text.fold(bytes, from, to, true)
                        ? moments.parseTimestamp(text)
                        : RowFault.NOT_TIMESTAMP;
        number = moments.value();
        return fault;
    }
}

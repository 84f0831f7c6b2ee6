package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Reads days and times in the forms common in China and in RFC 3339. Used by one thread. */
final class MomentParser {
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final ZoneRules rules;
    private final long steadyFrom;
    private final int steadyOffset;

    private byte[] b = new byte[0];
    private int at;
    private int end;
    private long day;
    private long micros;
    private long value;

    MomentParser(ZoneId zone) {
        rules = zone.getRules();
        Instant future = Instant.parse("3000-01-01T00:00:00Z");
        ZoneOffsetTransition before = rules.previousTransition(future);
        boolean steady = rules.getTransitionRules().isEmpty();
        steadyFrom =
                !steady
                        ? Long.MAX_VALUE
                        : before == null ? Long.MIN_VALUE : before.toEpochSecond() + SECONDS_OF_DAY;
        steadyOffset = rules.getOffset(future).getTotalSeconds();
    }

    /** Days or microseconds since 1970, as parsed last. */
    long value() {
        return value;
    }

    @Nullable RowFault parseDate(FieldText text) {
        start(text);
        RowFault fault = readDay(RowFault.NOT_DATE);
        if (fault != null) {
            return fault;
        }
        value = day;
        skipBlanks();
        if (at == end) {
            return null;
        }
        return readTime() && at == end && micros == 0 ? null : RowFault.NOT_DATE;
    }

    @Nullable RowFault parseTimestamp(FieldText text) {
        start(text);
        RowFault fault = readDay(RowFault.NOT_TIMESTAMP);
        if (fault != null) {
            return fault;
        }
        micros = 0;
        skipBlanks();
        if (at < end && !readTime()) {
            return RowFault.NOT_TIMESTAMP;
        }
        long localSecond = day * SECONDS_OF_DAY + micros / 1_000_000;
        skipBlanks();
        int offset = at < end ? readOffset() : offsetAt(localSecond);
        if (offset == Integer.MIN_VALUE || at != end) {
            return RowFault.NOT_TIMESTAMP;
        }
        value = (localSecond - offset) * 1_000_000 + micros % 1_000_000;
        return null;
    }

    private void start(FieldText text) {
        b = text.bytes();
        at = text.from();
        end = text.to();
    }

    private int offsetAt(long localSecond) {
        return localSecond >= steadyFrom
                ? steadyOffset
                : rules.getOffset(LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC))
                        .getTotalSeconds();
    }

    private void skipBlanks() {
        while (at < end && b[at] == ' ') {
            at++;
        }
    }

    /** Reads 1 to {@code most} digits; -1 if there are none or more. */
    private int readNumber(int least, int most) {
        int number = 0;
        int start = at;
        while (at < end && at - start < most && b[at] >= '0' && b[at] <= '9') {
            number = number * 10 + (b[at] - '0');
            at++;
        }
        return at - start < least ? -1 : number;
    }

    private @Nullable RowFault readDay(RowFault otherwise) {
        int year = readNumber(4, 4);
        if (year < 0 || at == end) {
            return otherwise;
        }
        byte mark = b[at];
        boolean compact = mark >= '0' && mark <= '9';
        if (!compact && mark != '-' && mark != '/' && mark != '.') {
            return otherwise;
        }
        at += compact ? 0 : 1;
        int month = readNumber(compact ? 2 : 1, 2);
        if (!compact) {
            if (at == end || b[at] != mark) {
                return otherwise;
            }
            at++;
        }
        int dayOfMonth = readNumber(compact ? 2 : 1, 2);
        if (month < 0 || dayOfMonth < 0 || (at < end && b[at] >= '0' && b[at] <= '9' && !compact)) {
            return otherwise;
        }
        if (compact && at < end && b[at] != ' ' && b[at] != 'T') {
            return otherwise;
        }
        if (year == 0
                || month == 0
                || month > 12
                || dayOfMonth == 0
                || dayOfMonth > daysOf(year, month)) {
            return RowFault.NO_SUCH_DATE;
        }
        day = epochDay(year, month, dayOfMonth);
        return null;
    }

    private static int daysOf(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : MONTH_DAYS[month - 1];
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    static long epochDay(int year, int month, int day) {
        int y = month > 2 ? year : year - 1;
        int m = month > 2 ? month - 3 : month + 9;
        long era = Math.floorDiv(y, 400);
        int yearOfEra = (int) (y - era * 400);
        int dayOfYear = (153 * m + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private boolean readTime() {
        if (b[at] == 'T' || b[at] == 't') {
            at++;
        }
        int hour = readNumber(1, 2);
        if (hour < 0 || at == end || b[at] != ':') {
            return false;
        }
        at++;
        int minute = at < end ? readNumber(1, 2) : 0;
        int second = 0;
        long fraction = 0;
        if (at < end && b[at] == ':') {
            at++;
            second = at < end ? readNumber(1, 2) : 0;
            if (at < end && (b[at] == '.' || b[at] == ',')) {
                at++;
                fraction = readFraction();
            }
        }
        if (minute < 0 || minute > 59 || second < 0 || second > 59 || hour > 23 || fraction < 0) {
            return false;
        }
        micros = ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
        return true;
    }

    /** Microseconds; digits beyond them must be zeros. */
    private long readFraction() {
        long fraction = 0;
        int count = 0;
        while (at < end && b[at] >= '0' && b[at] <= '9') {
            if (count < 6) {
                fraction = fraction * 10 + (b[at] - '0');
            } else if (b[at] != '0') {
                return -1;
            }
            count++;
            at++;
        }
        for (int i = count; i < 6; i++) {
            fraction *= 10;
        }
        return count == 0 ? -1 : fraction;
    }

    /** Seconds east of Greenwich, or the smallest integer if it is no offset. */
    private int readOffset() {
        if (b[at] == 'Z' || b[at] == 'z') {
            at++;
            return 0;
        }
        int sign = b[at] == '+' ? 1 : b[at] == '-' ? -1 : 0;
        at++;
        int hour = sign == 0 ? -1 : readNumber(2, 2);
        if (at < end && b[at] == ':') {
            at++;
        }
        int minute = at < end ? readNumber(2, 2) : 0;
        return hour < 0 || hour > 18 || minute < 0 || minute > 59
                ? Integer.MIN_VALUE
                : sign * (hour * 3600 + minute * 60);
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, section 14).
 *
 * @param from first byte
 * @param end byte after the last
 * @param whole whether no part was asked for
 */
record ByteRange(long from, long end, boolean whole) {
    private static final Pattern ONE =
            Pattern.compile("(?i:bytes)=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * Reads the header {@code Range}. What is no single range of bytes is passed over, as is one
     * that only holds for another file.
     *
     * @param ifRange the header {@code If-Range}, or null
     * @param tag the file's entity tag
     * @throws RefusedException RANGE_NOT_SATISFIABLE
     */
    static ByteRange of(@Nullable String range, @Nullable String ifRange, String tag, long length) {
        ByteRange all = new ByteRange(0, length, true);
        if (range == null || ifRange != null && !ifRange.strip().equals(tag)) {
            return all;
        }
        Matcher one = ONE.matcher(range);
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return all;
        }
        if (one.group(1).isEmpty()) {
            long last = Long.parseLong(one.group(2));
            return within(Math.max(0, length - last), length, length, range);
        }
        long from = Long.parseLong(one.group(1));
        long end = one.group(2).isEmpty() ? length : Long.parseLong(one.group(2)) + 1;
        return end <= from && !one.group(2).isEmpty()
                ? all
                : within(from, Math.min(end, length), length, range);
    }

    private static ByteRange within(long from, long end, long length, String range) {
        if (from >= length || from >= end) {
            throw new RefusedException(Refusal.RANGE_NOT_SATISFIABLE, range + ", " + length);
        }
        return new ByteRange(from, end, false);
    }

    long length() {
        return end - from;
    }
}

package cn.tiaoxi.platform.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days as people and spreadsheets write them. */
final class DateText {
    private static final Pattern PARTS =
            Pattern.compile(
                    "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*[日号]?"
                            + "(?:[T\\s]+\\d{1,2}[:时]\\d{1,2}(?:[:分]\\d{1,2}(?:\\.\\d+)?)?秒?"
                            + "(?:Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern SERIAL = Pattern.compile("([1-9]\\d{4})(?:\\.0+)?");
    private static final Pattern MONTH = Pattern.compile("\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*月?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}(\\s.*)?");

    /** Day 0 of spreadsheets. */
    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);

    private DateText() {}

    /**
     * What a text says.
     *
     * @param day the day as {@code 2023-11-05}, or null if it is none
     * @param code key of the message that says why not, or what was assumed; null if it is plain
     */
    record Read(@Nullable String day, @Nullable String code) {}

    /** Reads a text whose full-width characters are folded. */
    static Read read(String text) {
        if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
            Read plain = plain(text);
            if (plain != null) {
                return plain;
            }
        }
        Matcher parts = PARTS.matcher(text);
        if (parts.matches()) {
            return day(parts.group(1), parts.group(2), parts.group(3));
        }
        Matcher digits = DIGITS.matcher(text);
        if (digits.matches()) {
            return day(digits.group(1), digits.group(2), digits.group(3));
        }
        Matcher serial = SERIAL.matcher(text);
        if (serial.matches()) {
            LocalDate day = DAY_0.plusDays(Long.parseLong(serial.group(1)));
            return new Read(day.toString(), "intake.daySerial");
        }
        if (MONTH.matcher(text).matches()) {
            return new Read(null, "intake.dayMissing");
        }
        return new Read(
                null, YEAR_LAST.matcher(text).matches() ? "intake.dayAmbiguous" : "intake.noDate");
    }

    private static @Nullable Read plain(String text) {
        for (int i = 0; i < 10; i++) {
            char c = text.charAt(i);
            if (i != 4 && i != 7 && (c < '0' || c > '9')) {
                return null;
            }
        }
        return day(text.substring(0, 4), text.substring(5, 7), text.substring(8));
    }

    private static Read day(String year, String month, String day) {
        try {
            return new Read(
                    LocalDate.of(
                                    Integer.parseInt(year),
                                    Integer.parseInt(month),
                                    Integer.parseInt(day))
                            .toString(),
                    null);
        } catch (DateTimeException e) {
            return new Read(null, "intake.noSuchDay");
        }
    }
}

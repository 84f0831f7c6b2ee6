package cn.tiaoxi.platform.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of a ledger's codes, for example {@code D{city}{month}{sequence:6}}.
 *
 * @param before what stands before the number
 * @param digits how many digits the number has
 * @param after what stands behind it
 */
record CodePattern(String before, int digits, String after) {
    /** Pattern of ledgers whose codes come from outside and are given with each entry. */
    static final String GIVEN = "{given}";

    /** A code that people give: visible characters without blanks. */
    private static final Pattern GIVEN_CODE = Pattern.compile("[\\p{L}\\p{N}][^\\s\\p{C}]{0,99}");

    private static final Pattern SEQUENCE = Pattern.compile("\\{sequence:([1-9])}");

    /** What is wrong with a pattern, or null. */
    static @Nullable String wrong(String pattern) {
        if (pattern.equals(GIVEN)) {
            return null;
        }
        Matcher sequence = SEQUENCE.matcher(pattern);
        if (!sequence.find() || sequence.find()) {
            return "identifier: there must be one {sequence:n}, or {given} alone";
        }
        if (fill(pattern, "", "").replaceAll(SEQUENCE.pattern(), "").matches(".*[{}].*")) {
            return "identifier: only {city}, {month}, {sequence:n} and {given} are known";
        }
        return null;
    }

    /** Whether people may give this code. */
    static boolean acceptable(String code) {
        return GIVEN_CODE.matcher(code).matches();
    }

    /** The pattern in a city and a month (yyyyMM). */
    static CodePattern of(String pattern, String city, String month) {
        String filled = fill(pattern, city, month);
        Matcher sequence = SEQUENCE.matcher(filled);
        if (!sequence.find()) {
            throw new IllegalArgumentException(pattern);
        }
        return new CodePattern(
                filled.substring(0, sequence.start()),
                Integer.parseInt(sequence.group(1)),
                filled.substring(sequence.end()));
    }

    private static String fill(String pattern, String city, String month) {
        return pattern.replace("{city}", city).replace("{month}", month);
    }

    /** Codes are counted within the same text around the number. */
    String scope() {
        return before + "*" + after;
    }

    String code(long number) {
        String text = Long.toString(number);
        return before + "0".repeat(Math.max(0, digits - text.length())) + text + after;
    }
}

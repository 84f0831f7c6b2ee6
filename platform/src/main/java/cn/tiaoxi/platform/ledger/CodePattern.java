package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.city.CityException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pattern of a ledger's codes, for example {@code D{city}{month}{sequence:6}}.
 *
 * @param before what stands before the number
 * @param digits how many digits the number has
 * @param after what stands behind it
 */
record CodePattern(String before, int digits, String after) {
    private static final Pattern SEQUENCE = Pattern.compile("\\{sequence:([1-9])}");

    static void check(Path file, String pattern) {
        Matcher sequence = SEQUENCE.matcher(pattern);
        if (!sequence.find() || sequence.find()) {
            throw CityException.wrong(file, "identifier: there must be one {sequence:n}");
        }
        if (fill(pattern, "", "").replaceAll(SEQUENCE.pattern(), "").matches(".*[{}].*")) {
            throw CityException.wrong(file, "identifier: only city, month and sequence are known");
        }
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
        return before + String.format(Locale.ROOT, "%0" + digits + "d", number) + after;
    }
}

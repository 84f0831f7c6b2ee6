package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.SubjectDigests;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One spelling for what people type differently: spaces, width, case, dates, needless zeros. */
final class ValueText {
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[T ].*)?");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}\\.\\d{1,30}");

    private ValueText() {}

    /** The value in one spelling; empty for nothing. */
    static String of(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String stripped = value.strip();
        if (!stripped.isEmpty() && Character.isDigit(stripped.charAt(0))) {
            Matcher date = DATE.matcher(stripped);
            if (date.matches()) {
                return String.format(
                        Locale.ROOT,
                        "%s%02d%02d",
                        date.group(1),
                        Integer.parseInt(date.group(2)),
                        Integer.parseInt(date.group(3)));
            }
            if (DECIMAL.matcher(stripped).matches()) {
                return new BigDecimal(stripped).stripTrailingZeros().toPlainString();
            }
        }
        return SubjectDigests.normal(stripped);
    }
}

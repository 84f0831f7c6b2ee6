package cn.tiaoxi.platform.intake;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them: with separators of thousands, a currency sign, the unit behind. */
final class NumberText {
    private static final int LONGEST = 40;
    private static final Pattern GROUPED =
            Pattern.compile("[+-]?\\d{1,3}(?:[, ']\\d{3})+(?:\\.\\d+)?");
    private static final Pattern PLAIN =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");

    private NumberText() {}

    /**
     * The number that a text says, or null if it says none for sure.
     *
     * @param text with full-width characters folded
     * @param units what may stand behind it
     */
    static @Nullable Number read(String text, String... units) {
        String bare = text;
        for (String unit : units) {
            // A unit such as "10,000 yuan" is none to read: 210,000 yuan are not 2 of them.
            boolean plain = !unit.isBlank() && !Character.isDigit(unit.charAt(0));
            if (plain && bare.endsWith(unit) && bare.length() > unit.length()) {
                bare = bare.substring(0, bare.length() - unit.length()).strip();
                break;
            }
        }
        if (bare.startsWith("¥") || bare.startsWith("￥")) {
            bare = bare.substring(1).strip();
        }
        if (bare.length() > LONGEST) {
            return null;
        }
        if (GROUPED.matcher(bare).matches()) {
            bare = bare.replaceAll("[, ']", "");
        } else if (!PLAIN.matcher(bare).matches()) {
            return null;
        }
        return number(new BigDecimal(bare));
    }

    /** Whole numbers as such, so that they are written and compared without a fraction. */
    static Number number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 18) {
            return plain.longValueExact();
        }
        return plain;
    }
}

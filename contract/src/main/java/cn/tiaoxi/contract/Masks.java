package cn.tiaoxi.contract;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides values as {@link PolicySnapshot.Mask} says. Gateways use it on what leaves, the platform
 * for previews, so both show the same. A value too short to hide a part of it safely is hidden
 * whole; what is hidden never stands in the result.
 */
public final class Masks {
    /** What stands for a value, or a part of one, whose length is hidden too. */
    public static final String HIDDEN = "****";

    private static final Set<String> COMPOUND_FAMILY_NAMES =
            Set.of(
                    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟",
                    "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离",
                    "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷",
                    "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门",
                    "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五");

    private static final String NUMERAL = "[一二三四五六七八九十百千零〇两]";

    /** The first digit in any script, or a Chinese numeral that counts a house, flat or floor. */
    private static final Pattern HOUSE_NUMBER =
            Pattern.compile("\\p{Nd}|(?<!" + NUMERAL + ")" + NUMERAL + "++(?=[号弄幢栋座室楼层组户]|单元)");

    private static final Pattern DIVISION = Pattern.compile(".*(?:街道|[省市县镇乡路]|(?<![小社园校])区)");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})(?:\\D.*|\\d{4})", Pattern.DOTALL);

    private Masks() {}

    /** Family names of two characters, for those who mask without this class. */
    public static Set<String> compoundFamilyNames() {
        return COMPOUND_FAMILY_NAMES;
    }

    /** The masked value; null stays null except under {@code HIDE}, which shows nothing at all. */
    public static @Nullable String apply(PolicySnapshot.Mask mask, @Nullable String value) {
        if (mask == PolicySnapshot.Mask.HIDE) {
            return HIDDEN;
        }
        if (value == null) {
            return null;
        }
        return switch (mask) {
            case NAME -> name(value.strip());
            case IDENTIFIER -> identifier(value.strip());
            case PHONE -> phone(value.strip());
            case ADDRESS -> address(value.strip());
            case ACCOUNT -> account(value.strip());
            case YEAR -> year(value.strip());
            case HIDE -> HIDDEN;
        };
    }

    /** Keeps the family name of a Chinese name, the first letter of any other. */
    private static String name(String value) {
        int length = value.codePointCount(0, value.length());
        if (length < 2) {
            return "*";
        }
        boolean compound =
                length > 2 && COMPOUND_FAMILY_NAMES.contains(value.substring(0, firstTwo(value)));
        int kept = compound ? firstTwo(value) : value.offsetByCodePoints(0, 1);
        int hidden = Math.min(2, length - (compound ? 2 : 1));
        return value.substring(0, kept) + "*".repeat(hidden);
    }

    private static int firstTwo(String value) {
        return value.offsetByCodePoints(0, 2);
    }

    private static String identifier(String value) {
        int length = value.codePointCount(0, value.length());
        if (length < 12) {
            return HIDDEN;
        }
        return value.substring(0, value.offsetByCodePoints(0, 6))
                + "*".repeat(length - 8)
                + value.substring(value.offsetByCodePoints(value.length(), -2));
    }

    /** Keeps the first three and last four digits where at least three more stand between. */
    private static String phone(String value) {
        int[] digits = value.codePoints().filter(Character::isDigit).toArray();
        if (digits.length < 10) {
            return HIDDEN;
        }
        int last = digits.length;
        return new StringBuilder()
                .append(new String(digits, 0, 3))
                .append("*".repeat(last - 7))
                .append(new String(digits, last - 4, 4))
                .toString();
    }

    /** Keeps what stands before the first house number; without one, the divisions and the road. */
    private static String address(String value) {
        Matcher number = HOUSE_NUMBER.matcher(value);
        if (number.find()) {
            return value.substring(0, number.start()) + HIDDEN;
        }
        Matcher division = DIVISION.matcher(value);
        return (division.lookingAt() ? division.group() : "") + HIDDEN;
    }

    private static String account(String value) {
        int length = value.codePointCount(0, value.length());
        return length < 8
                ? HIDDEN
                : HIDDEN + value.substring(value.offsetByCodePoints(value.length(), -4));
    }

    private static String year(String value) {
        Matcher year = YEAR.matcher(value);
        return year.matches() ? year.group(1) : HIDDEN;
    }
}

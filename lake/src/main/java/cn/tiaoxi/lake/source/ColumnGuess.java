package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.RowFault;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guesses a column's type from a sample. Identifiers and codes stay text even if they are digits
 * only: to add them up makes no sense, and their leading zeros would be lost.
 */
final class ColumnGuess {
    private static final double MOSTLY = 0.9;
    private static final int SAMPLES = 5;
    private static final int SHOWN = 80;
    private static final Pattern CODE_NAME =
            Pattern.compile(
                    ".*(代码|编码|编号|号码|证号|账号|卡号|电话|手机|邮编|区划|学号|工号|户号|code|phone|mobile|tel|zip|postcode|idcard|account)");
    private static final Pattern DAY_NAME =
            Pattern.compile(".*(日期|时间|年月日|生日|出生|日$|date|time|birth|day$).*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern DIVISION =
            Pattern.compile("[1-6][0-9]([0-9]{4}|[0-9]{7}|[0-9]{10})");
    private static final Pattern DAY_DIGITS = Pattern.compile("(19|20)[0-9]{6}");

    private final String name;
    private final ValueParser parser = new ValueParser(ZoneOffset.UTC);
    private final Map<ColumnType, Integer> fits = new EnumMap<>(ColumnType.class);
    private final Map<ColumnType, String> misfit = new EnumMap<>(ColumnType.class);
    private final Map<ColumnType, Long> misfitLine = new EnumMap<>(ColumnType.class);
    private final Set<String> samples = new LinkedHashSet<>();
    private final Map<ProblemCode, String> examples = new LinkedHashMap<>();
    private final Map<ProblemCode, Integer> counts = new EnumMap<>(ProblemCode.class);
    private int values;
    private int leadingZero;
    private int longDigits;
    private int mobiles;
    private int divisions;
    private int digitsOnly;
    private int dayDigits;

    ColumnGuess(String name) {
        this.name = name.strip().toLowerCase(Locale.ROOT);
    }

    void add(@Nullable String value, @Nullable RowFault fault, long line) {
        if (fault == RowFault.DIGITS_LOST || fault == RowFault.CELL_ERROR) {
            note(
                    fault == RowFault.DIGITS_LOST
                            ? ProblemCode.DIGITS_LOST
                            : ProblemCode.CELL_ERRORS,
                    String.valueOf(value));
            return;
        }
        if (value == null) {
            return;
        }
        values++;
        if (samples.size() < SAMPLES) {
            samples.add(value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value);
        }
        countDigits(value.strip());
        noteOddities(value);
        for (ColumnType type : ColumnType.values()) {
            if (type != ColumnType.TEXT) {
                tryType(type, value, line);
            }
        }
    }

    private void tryType(ColumnType type, String value, long line) {
        boolean plain = type != ColumnType.BOOLEAN || Truth.isPlain(value);
        RowFault fault = plain ? parser.parse(type, value) : RowFault.NOT_BOOLEAN;
        if (fault == null) {
            fits.merge(type, 1, Integer::sum);
        } else {
            if (misfit.putIfAbsent(type, value) == null) {
                misfitLine.put(type, line);
            }
            if (fault == RowFault.NO_SUCH_DATE
                    && type == ColumnType.DATE
                    && !DIGITS.matcher(value).matches()) {
                note(ProblemCode.IMPOSSIBLE_DATES, value);
            }
        }
    }

    private void countDigits(String value) {
        if (!DIGITS.matcher(value).matches()) {
            longDigits +=
                    value.length() == 18 && DIGITS.matcher(value.substring(0, 17)).matches()
                            ? 1
                            : 0;
            return;
        }
        digitsOnly++;
        leadingZero += value.length() > 1 && value.charAt(0) == '0' ? 1 : 0;
        longDigits += value.length() > 15 ? 1 : 0;
        mobiles += MOBILE.matcher(value).matches() ? 1 : 0;
        divisions += DIVISION.matcher(value).matches() ? 1 : 0;
        dayDigits +=
                DAY_DIGITS.matcher(value).matches() && parser.parse(ColumnType.DATE, value) == null
                        ? 1
                        : 0;
    }

    private void noteOddities(String value) {
        if (FieldText.hasWideDigit(value)) {
            note(ProblemCode.FULL_WIDTH_DIGITS, value);
        }
        char first = value.charAt(0);
        boolean formula =
                first == '='
                        || first == '@'
                        || ((first == '+' || first == '-')
                                && parser.parse(ColumnType.DECIMAL, value) != null
                                && value.length() > 1);
        if (formula) {
            note(ProblemCode.FORMULA_LIKE, value);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                note(ProblemCode.CONTROL_CHARACTERS, String.valueOf((int) c));
                return;
            }
        }
    }

    private void note(ProblemCode code, String example) {
        examples.putIfAbsent(
                code, example.length() > SHOWN ? example.substring(0, SHOWN) + "…" : example);
        counts.merge(code, 1, Integer::sum);
    }

    List<String> samples() {
        return List.copyOf(samples);
    }

    ColumnType type() {
        if (values == 0 || isCode()) {
            return ColumnType.TEXT;
        }
        if (mostly(dayDigits)
                && (DAY_NAME.matcher(name).matches() || dayDigits >= 20 && dayDigits == values)) {
            return ColumnType.DATE;
        }
        for (ColumnType type :
                List.of(
                        ColumnType.BOOLEAN,
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP)) {
            if (mostly(fits.getOrDefault(type, 0))) {
                return type;
            }
        }
        boolean impossible = counts.containsKey(ProblemCode.IMPOSSIBLE_DATES);
        int days = fits.getOrDefault(ColumnType.DATE, 0);
        return impossible
                        && days > 0
                        && days + counts.getOrDefault(ProblemCode.IMPOSSIBLE_DATES, 0) == values
                ? ColumnType.DATE
                : ColumnType.TEXT;
    }

    private boolean mostly(int count) {
        return count > 0 && count >= MOSTLY * values;
    }

    private boolean isCode() {
        return leadingZero > 0 && leadingZero * 50 >= values
                || longDigits * 2 > values
                || mobiles * 2 > values
                || values >= 10 && mostly(divisions)
                || mostly(digitsOnly) && CODE_NAME.matcher(name).matches() && !isAmount();
    }

    private boolean isAmount() {
        return name.endsWith("数") || name.contains("金额") || name.contains("amount");
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        ColumnType type = type();
        if (values == 0 && counts.isEmpty()) {
            problems.add(Problem.of(ProblemCode.ALL_BLANK));
        }
        int fit = fits.getOrDefault(type, 0);
        if (type != ColumnType.TEXT && fit < values) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPES_MIXED,
                            type.name(),
                            values - fit,
                            misfit.getOrDefault(type, ""),
                            misfitLine.getOrDefault(type, 0L)));
        }
        examples.forEach(
                (code, example) ->
                        problems.add(Problem.of(code, example, counts.getOrDefault(code, 0))));
        return problems;
    }
}

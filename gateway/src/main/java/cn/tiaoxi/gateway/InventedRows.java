package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows about subjects that do not exist, which look like those of a portion: what many rows share
 * is taken from one of them, names and addresses are put together from two others, numbers that
 * could belong to somebody are replaced.
 */
final class InventedRows {
    /** So many rows of a portion have a value that is nobody's own. */
    private static final int SHARED = 3;

    private static final Pattern MOBILE = Pattern.compile("1\\d{10}");

    /** Numbers that begin so were given to no operator. */
    private static final String NO_MOBILE = "154";

    private static final int FEWEST_DIGITS = 5;
    private static final long LARGEST_PREFIXED = 100_000_000;

    private final List<String> fields;
    private final SubjectRule subject;

    InventedRows(List<String> fields, SubjectRule subject) {
        this.fields = List.copyOf(fields);
        this.subject = subject;
    }

    /** A row like those; nothing where no identifier can be invented. */
    Optional<ExportLine> like(List<ExportLine> rows, RandomGenerator random) {
        ExportLine model = pick(rows, random);
        String real = RowSubjects.normal(model.subject());
        return InventedIdentifiers.like(subject.kind(), real, random)
                .map(
                        invented -> {
                            @Nullable Object[] cells = new @Nullable Object[fields.size()];
                            for (int i = 0; i < cells.length; i++) {
                                cells[i] = cell(rows, i, model, real, invented, random);
                            }
                            return new ExportLine(i -> cells[i], invented, true);
                        });
    }

    private static ExportLine pick(List<ExportLine> rows, RandomGenerator random) {
        return rows.get(random.nextInt(rows.size()));
    }

    private @Nullable Object cell(
            List<ExportLine> rows,
            int field,
            ExportLine model,
            String real,
            String invented,
            RandomGenerator random) {
        Object value = model.values().at(field);
        if (fields.get(field).equals(subject.column())) {
            return invented;
        }
        if (value == null || value instanceof Temporal || isShared(rows, field, value)) {
            return value;
        }
        return switch (value) {
            case String text when SubjectDigests.normal(text).equals(real) -> invented;
            case String text when isNumber(text) -> otherDigits(text, random);
            case String text ->
                    spliced(
                            text(pick(rows, random), field, text),
                            text(pick(rows, random), field, text));
            case Long number when number >= 0 && number < LARGEST_PREFIXED ->
                    Long.parseLong("9" + number);
            case Integer number when number >= 0 && number < LARGEST_PREFIXED ->
                    Integer.parseInt("9" + number);
            default -> pick(rows, random).values().at(field);
        };
    }

    private static boolean isShared(List<ExportLine> rows, int field, Object value) {
        return rows.stream()
                        .filter(row -> value.equals(row.values().at(field)))
                        .limit(SHARED)
                        .count()
                == SHARED;
    }

    private static boolean isNumber(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count() >= FEWEST_DIGITS
                && text.codePoints().noneMatch(Character::isIdeographic);
    }

    private static String otherDigits(String text, RandomGenerator random) {
        boolean mobile = MOBILE.matcher(text).matches();
        StringBuilder other = new StringBuilder(mobile ? NO_MOBILE : "");
        for (int i = other.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            other.append(c >= '0' && c <= '9' ? (char) ('0' + random.nextInt(10)) : c);
        }
        return other.toString();
    }

    private static String text(ExportLine row, int field, String otherwise) {
        return row.values().at(field) instanceof String text && !text.isEmpty() ? text : otherwise;
    }

    /** The first half of one text and the second of another. */
    private static String spliced(String first, String second) {
        return first.substring(0, first.offsetByCodePoints(0, half(first)))
                + second.substring(second.offsetByCodePoints(0, half(second)));
    }

    private static int half(String text) {
        return text.codePointCount(0, text.length()) / 2;
    }
}

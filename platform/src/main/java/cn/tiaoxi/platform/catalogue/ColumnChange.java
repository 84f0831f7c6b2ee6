package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Given;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a column. Parts that are not named stay as they are, null empties one.
 *
 * @param name name of the column
 * @param parts {@code label}, {@code description}, {@code element}, {@code grade}
 */
public record ColumnChange(String name, Map<String, @Nullable String> parts) {
    private static final Set<String> KNOWN = Set.of("label", "description", "element", "grade");
    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_DESCRIPTION = 1_000;

    public ColumnChange {
        parts = new LinkedHashMap<>(parts);
    }

    /** Notes what is wrong with it, under the path of its place in the request. */
    void check(Elements elements, String path, List<FieldError> errors) {
        for (String part : parts.keySet()) {
            if (!KNOWN.contains(part)) {
                errors.add(new FieldError(path + "." + part, "catalogue.partUnknown", part));
            }
        }
        if (parts.containsKey("label") && text("label") == null) {
            errors.add(new FieldError(path + ".label", "border.required"));
        }
        checkText(path, "label", LONGEST_LABEL, "", errors);
        checkText(path, "description", LONGEST_DESCRIPTION, "\n\t", errors);
        String element = text("element");
        if (element != null && elements.find(element).isEmpty()) {
            errors.add(new FieldError(path + ".element", "catalogue.elementUnknown", element));
        }
        String grade = text("grade");
        if (grade != null && Arrays.stream(Grade.values()).noneMatch(g -> g.name().equals(grade))) {
            errors.add(new FieldError(path + ".grade", "catalogue.gradeUnknown", grade));
        }
    }

    private void checkText(
            String path, String part, int longest, String allowed, List<FieldError> errors) {
        String text = text(part);
        if (text != null && text.codePointCount(0, text.length()) > longest) {
            errors.add(new FieldError(path + "." + part, "border.tooLong", longest));
        } else if (text != null && Characters.hasHidden(text, allowed)) {
            errors.add(new FieldError(path + "." + part, "catalogue.controlCharacter"));
        }
    }

    private @Nullable String text(String part) {
        String text = parts.get(part);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The column with the change made. Another grade needs a new confirmation. */
    DatasetColumn on(DatasetColumn column) {
        Given before = column.given();
        String label = text("label");
        String grade = text("grade");
        Given after =
                new Given(
                        parts.containsKey("description")
                                ? text("description")
                                : before.description(),
                        parts.containsKey("element") ? text("element") : before.element(),
                        !parts.containsKey("grade")
                                ? before.grade()
                                : grade == null ? null : Grade.valueOf(grade),
                        null);
        boolean same = after.grade() == before.grade();
        return column.with(
                label == null ? column.label() : label,
                same
                        ? new Given(
                                after.description(),
                                after.element(),
                                after.grade(),
                                before.confirmation())
                        : after);
    }
}

package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the order of a load. */
final class OrderCheck {
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_LABEL = 100;

    private OrderCheck() {}

    /**
     * Refuses an order that cannot be carried out, naming every part that is wrong.
     *
     * @param target the dataset that the rows go to, null for a new one
     * @param width columns of the file
     */
    static void check(Uploads.Wanted wanted, @Nullable Dataset target, int width) {
        List<FieldError> errors = new ArrayList<>();
        if (target == null) {
            String title = wanted.title() == null ? "" : wanted.title().strip();
            if (title.isEmpty()) {
                errors.add(new FieldError("title", "border.required"));
            } else if (title.length() > LONGEST_TITLE) {
                errors.add(new FieldError("title", "border.tooLong", LONGEST_TITLE));
            } else if (Characters.hasHidden(title, "")) {
                errors.add(new FieldError("title", "catalogue.controlCharacter"));
            }
        }
        if (wanted.columns().isEmpty()) {
            errors.add(new FieldError("columns", "catalogue.columnsMissing"));
        }
        Set<String> names = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < wanted.columns().size(); i++) {
            check(wanted.columns().get(i), "columns[" + i + "]", width, names, places, errors);
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        if (target != null && wanted.mode() == LoadMode.APPEND) {
            checkSame(wanted, target);
        }
    }

    private static void check(
            LoadOrder.Column column,
            String path,
            int width,
            Set<String> names,
            Set<Integer> places,
            List<FieldError> errors) {
        if (column.index() < 0 || column.index() >= width || !places.add(column.index())) {
            errors.add(new FieldError(path + ".index", "catalogue.columnUnknown", column.index()));
        }
        if (!LakeColumn.isValidName(column.name())) {
            errors.add(new FieldError(path + ".name", "catalogue.nameInvalid", column.name()));
        } else if (!names.add(column.name())) {
            errors.add(new FieldError(path + ".name", "catalogue.nameTwice", column.name()));
        }
        if (column.label().isBlank()) {
            errors.add(new FieldError(path + ".label", "border.required"));
        } else if (column.label().length() > LONGEST_LABEL) {
            errors.add(new FieldError(path + ".label", "border.tooLong", LONGEST_LABEL));
        } else if (Characters.hasHidden(column.label(), "")) {
            errors.add(new FieldError(path + ".label", "catalogue.controlCharacter"));
        }
    }

    private static void checkSame(Uploads.Wanted wanted, Dataset target) {
        List<String> there = target.columns().stream().map(c -> c.name() + " " + c.type()).toList();
        List<String> given = wanted.columns().stream().map(c -> c.name() + " " + c.type()).toList();
        if (!there.equals(given)) {
            throw CatalogueException.columnsDiffer(
                    target.title(),
                    String.join(", ", target.columns().stream().map(DatasetColumn::name).toList()));
        }
    }
}

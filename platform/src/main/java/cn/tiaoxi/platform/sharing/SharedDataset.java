package cn.tiaoxi.platform.sharing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as sharing sees it.
 *
 * @param published whether it stands in the catalogue
 * @param sharing {@code UNCONDITIONAL}, {@code CONDITIONAL} or {@code NONE}
 * @param columns columns whose grade is confirmed, in table order
 * @param unconfirmed names of the others
 */
record SharedDataset(
        String id,
        String title,
        String organisation,
        boolean published,
        String sharing,
        List<ServedField> columns,
        List<String> unconfirmed) {
    SharedDataset {
        columns = List.copyOf(columns);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** A column by name, or null. */
    @Nullable ServedField column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
    }

    /** Fields as they are described now; one whose grade nobody vouches for now stays as it was. */
    List<ServedField> renewed(List<ServedField> fields) {
        return fields.stream().map(f -> Objects.requireNonNullElse(column(f.name()), f)).toList();
    }
}

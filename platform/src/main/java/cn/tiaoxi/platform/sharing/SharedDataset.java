package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Grade;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as sharing sees it.
 *
 * @param published whether it stands in the catalogue
 * @param sharing {@code UNCONDITIONAL}, {@code CONDITIONAL} or {@code NONE}
 * @param columns columns whose grade is confirmed, in table order
 * @param unconfirmed names of the others
 * @param grade highest grade of its columns: confirmed, or suggested while nobody has
 * @param identifier column that names a subject, and its kind; null where none was recognised
 * @param digests whether its owner wants delivered rows to leave digests at any grade
 */
record SharedDataset(
        String id,
        String title,
        String organisation,
        boolean published,
        String sharing,
        List<ServedField> columns,
        List<String> unconfirmed,
        Grade grade,
        @Nullable Identifier identifier,
        boolean digests) {
    /** A column that names a subject. */
    record Identifier(String column, String kind) {}

    SharedDataset {
        columns = List.copyOf(columns);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** Whom or what its rows are about: told by an identifier, else by the first key. */
    Subject subject(List<String> keys) {
        return identifier == null
                ? new Subject(keys.getFirst(), ownKind(keys.getFirst()), grade, digests)
                : new Subject(identifier.column(), identifier.kind(), grade, digests);
    }

    /** What only this dataset names so: its identifier, and the column or its checksum. */
    private String ownKind(String column) {
        if (column.matches("[A-Za-z0-9_]{1,32}")) {
            return "dataset." + id + ":" + column;
        }
        CRC32 sum = new CRC32();
        sum.update(column.getBytes(StandardCharsets.UTF_8));
        return "dataset." + id + ":" + HexFormat.of().toHexDigits((int) sum.getValue());
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

package cn.tiaoxi.lake;

import java.util.regex.Pattern;

/**
 * A column of a table.
 *
 * @param name the name in SQL: a lower-case letter, then letters, digits and underlines, 60 at most
 * @param label the name for people, in any script
 * @param type what its values are
 */
public record LakeColumn(String name, String label, ColumnType type) {

    /** The column that every table has first: the order in which its rows were brought. */
    public static final String ROW = "tiaoxi_row";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    public LakeColumn {
        if (!isValidName(name)) {
            throw new LakeException(ErrorCode.COLUMN_NAME_INVALID, name);
        }
        label = label.isBlank() ? name : label.strip();
    }

    /** Whether a text may name a column or a table. */
    public static boolean isValidName(String name) {
        return NAME.matcher(name).matches() && !name.equals(ROW);
    }
}

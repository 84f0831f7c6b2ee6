package cn.tiaoxi.gateway.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A table's columns as its header names them. */
final class CsvColumns {
    private static final int FIRST = 16;

    private final FieldNode record;
    private final OverReturn cuts;

    /** The fields of columns, null for those that the schema does not know. */
    private @Nullable FieldNode[] fields = new FieldNode[FIRST];

    /** The names of columns that the schema does not know, cut to what a report shows. */
    private byte[][] names = new byte[FIRST][];

    private int width;

    CsvColumns(FieldNode record, OverReturn cuts) {
        this.record = record;
        this.cuts = cuts;
    }

    /** Adds a column by its value in the header, with quotes if it has any. */
    void add(byte[] bytes, int from, int to) {
        if (width == fields.length) {
            fields = Arrays.copyOf(fields, 2 * width);
            names = Arrays.copyOf(names, 2 * width);
        }
        byte[] name = name(bytes, from, to);
        FieldNode field = record.child(name, 0, name.length);
        fields[width] = field;
        names[width] = Arrays.copyOf(name, Math.min(name.length, OverReturn.LONGEST_NAME));
        width++;
    }

    private static byte[] name(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] != '"') {
            return Arrays.copyOfRange(bytes, from, to);
        }
        String quoted = new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
        return quoted.replace("\"\"", "\"").getBytes(StandardCharsets.UTF_8);
    }

    int width() {
        return width;
    }

    /** The field of a column if its values are shown. */
    @Nullable FieldNode shown(int column) {
        FieldNode field = fields[column];
        return field != null && field.isGranted() ? field : null;
    }

    /** Counts a value of a column that is not shown. */
    void count(int column) {
        if (fields[column] == null) {
            cuts.unknown(record, names[column], 0, names[column].length);
        } else {
            cuts.withheld();
        }
    }
}

package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Columns of the lake as an Iceberg schema: the row column first, the label as documentation. */
final class TableSchema {
    /** The most columns a table may have. */
    static final int MAX_COLUMNS = 1_000;

    private TableSchema() {}

    static Schema of(List<LakeColumn> columns) {
        check(columns);
        List<Types.NestedField> fields = new ArrayList<>();
        fields.add(Types.NestedField.required(1, LakeColumn.ROW, Types.LongType.get()));
        for (int i = 0; i < columns.size(); i++) {
            LakeColumn column = columns.get(i);
            fields.add(
                    Types.NestedField.optional(
                            i + 2, column.name(), type(column.type()), column.label()));
        }
        return new Schema(fields);
    }

    private static void check(List<LakeColumn> columns) {
        if (columns.isEmpty()) {
            throw new LakeException(ErrorCode.NO_COLUMNS);
        }
        if (columns.size() > MAX_COLUMNS) {
            throw new LakeException(ErrorCode.TOO_MANY_COLUMNS, columns.size(), MAX_COLUMNS);
        }
        Set<String> names = new HashSet<>();
        for (LakeColumn column : columns) {
            if (!names.add(column.name())) {
                throw new LakeException(ErrorCode.COLUMN_NAME_TWICE, column.name());
            }
        }
    }

    static List<LakeColumn> columns(Schema schema) {
        List<LakeColumn> columns = new ArrayList<>();
        for (Types.NestedField field : schema.columns()) {
            if (!field.name().equals(LakeColumn.ROW)) {
                String label = field.doc() == null ? field.name() : field.doc();
                columns.add(new LakeColumn(field.name(), label, columnType(field.type())));
            }
        }
        return columns;
    }

    static Type type(ColumnType type) {
        return switch (type) {
            case TEXT -> Types.StringType.get();
            case INTEGER -> Types.LongType.get();
            case DECIMAL ->
                    Types.DecimalType.of(ColumnType.DECIMAL_PRECISION, ColumnType.DECIMAL_SCALE);
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
        };
    }

    private static ColumnType columnType(Type type) {
        return switch (type.typeId()) {
            case LONG, INTEGER -> ColumnType.INTEGER;
            case DECIMAL, FLOAT, DOUBLE -> ColumnType.DECIMAL;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case DATE -> ColumnType.DATE;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            default -> ColumnType.TEXT;
        };
    }
}

package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.engine.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A table's current files as something DuckDB can select from. Columns are matched by Iceberg's
 * field ids.
 */
final class TableScan {
    private TableScan() {}

    /** The rows with {@code from < tiaoxi_row <= to}, files without such rows left out. */
    static String rows(Table table, long from, long to) {
        Expression filter =
                Expressions.and(
                        Expressions.greaterThan(LakeColumn.ROW, from),
                        Expressions.lessThanOrEqual(LakeColumn.ROW, to));
        return source(table, locations(table, filter));
    }

    /** All rows. */
    static String all(Table table) {
        return source(table, locations(table, Expressions.alwaysTrue()));
    }

    private static List<String> locations(Table table, Expression filter) {
        List<String> locations = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(filter).planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new LakeException(
                            ErrorCode.ENGINE_FAILED, "merge-on-read deletes in " + table.name());
                }
                locations.add(task.file().location());
            }
        } catch (IOException e) {
            throw new LakeException(e, ErrorCode.STORAGE_FAILED, table.name());
        }
        return locations;
    }

    private static String source(Table table, List<String> locations) {
        List<Types.NestedField> fields = table.schema().columns();
        if (locations.isEmpty()) {
            return fields.stream()
                    .map(
                            field ->
                                    "NULL::"
                                            + type(field.type())
                                            + " AS "
                                            + Engine.identifier(field.name()))
                    .collect(Collectors.joining(", ", "(SELECT ", " WHERE false)"));
        }
        String files =
                locations.stream().map(Engine::literal).collect(Collectors.joining(", ", "[", "]"));
        String schema =
                fields.stream()
                        .map(
                                field ->
                                        field.fieldId()
                                                + ": {name: "
                                                + Engine.literal(field.name())
                                                + ", type: '"
                                                + type(field.type())
                                                + "', default_value: NULL}")
                        .collect(Collectors.joining(", ", "MAP {", "}"));
        return "read_parquet(" + files + ", schema = " + schema + ")";
    }

    private static String type(Type type) {
        return switch (type.typeId()) {
            case STRING -> "VARCHAR";
            case LONG -> "BIGINT";
            case INTEGER -> "INTEGER";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMPTZ";
            case DOUBLE -> "DOUBLE";
            case FLOAT -> "FLOAT";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            default -> throw new LakeException(ErrorCode.ENGINE_FAILED, "type " + type);
        };
    }
}

package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** Datasets of fixed shape with made-up rows, so that sharing can be tested without uploads. */
@TestComponent
class TestDatasets implements DatasetSource {
    static final String POLICE = "330500-police";

    /** Rows in each dataset. */
    static final int ROWS = 100;

    private final Map<String, Source> all =
            Map.of(
                    "test-streets", source("test-streets", true, "UNCONDITIONAL", streets()),
                    "test-people", source("test-people", true, "CONDITIONAL", people()),
                    "test-secret", source("test-secret", true, "NONE", streets()),
                    "test-draft", source("test-draft", false, "UNCONDITIONAL", streets()));

    private static Source source(
            String id, boolean published, String sharing, List<ServedField> columns) {
        return new Source(id, "数据 " + id, POLICE, published, sharing, columns, List.of("raw"));
    }

    private static List<ServedField> streets() {
        return List.of(
                field("code", "代码", Grade.L1, "division-code"),
                field("name", "名称", Grade.L1, "place-name"),
                field("area", "面积", Grade.L2, null));
    }

    private static List<ServedField> people() {
        return List.of(
                field("id_number", "身份证号", Grade.L3, "resident-id"),
                field("name", "姓名", Grade.L2, "person-name"),
                field("illness", "病史", Grade.L4, "medical"));
    }

    private static ServedField field(
            String name, String label, Grade grade, @Nullable String kind) {
        return new ServedField(name, label, FieldType.TEXT, grade, kind, "");
    }

    @Override
    public Optional<Source> find(String dataset) {
        return Optional.ofNullable(all.get(dataset));
    }

    @Override
    public long copy(String dataset, Connection connection, String table, List<String> columns)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE serving.%s (tiaoxi_row bigint PRIMARY KEY, %s text)"
                            .formatted(table, String.join(" text, ", columns)));
            return statement.executeUpdate(
                    "INSERT INTO serving.%s SELECT n%s FROM generate_series(1, %d) n"
                            .formatted(table, ", 'v' || n".repeat(columns.size()), ROWS));
        }
    }
}

package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCopierTests {
    @Test
    void aTableIsCopiedWithTypesKeyAndIndex(@TempDir Path folder) throws Exception {
        try (TestLake lake = new TestLake(folder);
                Connection connection = lake.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            lake.load(
                    lake.write(
                            "a.csv",
                            "name,n,amount,flag,day,moment\n"
                                    + "\"back\\slash\ttab\",1,12.50,true,2023-01-05,2023-01-05 08:00:00.5\n"
                                    + "\"line\r\nend\",2,-0.01,false,1899-12-31,2023-01-06 08:00:00\n"
                                    + "\\N,,,,,\n"),
                    "t");
            connection.setAutoCommit(false);
            statement.execute("CREATE SCHEMA serving");

            long rows =
                    new TableCopier(lake.tables)
                            .copy(
                                    "t",
                                    connection,
                                    "serving",
                                    "t_1",
                                    List.of(),
                                    List.of("name", "n"));
            connection.commit();

            assertThat(rows).isEqualTo(3);
            try (ResultSet result =
                    statement.executeQuery(
                            "SELECT tiaoxi_row, name, n, amount::text, flag, day::text, moment = '2023-01-05T00:00:00.5Z' AS same"
                                    + " FROM serving.t_1 ORDER BY tiaoxi_row")) {
                result.next();
                assertThat(result.getString("name")).isEqualTo("back\\slash\ttab");
                assertThat(result.getLong("n")).isEqualTo(1);
                assertThat(result.getString("amount")).isEqualTo("12.5");
                assertThat(result.getBoolean("flag")).isTrue();
                assertThat(result.getString("day")).isEqualTo("2023-01-05");
                assertThat(result.getBoolean("same")).isTrue();
                result.next();
                assertThat(result.getString("name")).isEqualTo("line\r\nend");
                assertThat(result.getString("amount")).isEqualTo("-0.01");
                result.next();
                assertThat(result.getString("name")).isEqualTo("\\N");
                assertThat(result.getObject("n")).isNull();
                assertThat(result.getLong("tiaoxi_row")).isEqualTo(3);
            }
            try (ResultSet indexes =
                    statement.executeQuery(
                            "SELECT string_agg(indexdef, ';') FROM pg_indexes WHERE schemaname = 'serving'")) {
                indexes.next();
                assertThat(indexes.getString(1)).contains("(tiaoxi_row)", "(name, n, tiaoxi_row)");
            }
        }
    }

    @Test
    void aCopyWithoutTransactionIsRefused(@TempDir Path folder) throws Exception {
        try (TestLake lake = new TestLake(folder);
                Connection connection = lake.dataSource.getConnection()) {
            lake.load(lake.write("a.csv", "name,n\na,1\n"), "t");

            assertThatThrownBy(
                            () ->
                                    new TableCopier(lake.tables)
                                            .copy(
                                                    "t",
                                                    connection,
                                                    "public",
                                                    "x",
                                                    List.of("name"),
                                                    List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

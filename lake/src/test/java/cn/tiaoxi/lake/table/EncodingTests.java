package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.source.Format;
import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.lake.source.TextEncoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our own encoders, read back by DuckDB: dictionaries of every width, pages, missing values,
 * bounds.
 */
class EncodingTests {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 200, 5_000, 8_191, 8_192, 8_193, 60_000})
    void valuesOfEveryVarietyComeBack(int variety, @TempDir Path folder) throws Exception {
        Random random = new Random(variety);
        int rows = 70_000;
        List<List<String>> table = new ArrayList<>(rows);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            int n = i < variety ? i : random.nextInt(variety);
            boolean missing = random.nextInt(7) == 0;
            List<String> row =
                    missing
                            ? Arrays.asList("t" + n, null, null, null, null)
                            : List.of(
                                    "t" + n,
                                    Integer.toString(n - 100),
                                    n == 1_000 ? "0" : (n - 1_000) + ".25",
                                    n % 2 == 0 ? "true" : "false",
                                    java.time.LocalDate.ofEpochDay(n).toString());
            table.add(row);
            for (int k = 0; k < row.size(); k++) {
                text.append(k == 0 ? "" : ",").append(row.get(k) == null ? "" : row.get(k));
            }
            text.append('\n');
        }
        try (TestLake lake = new TestLake(folder)) {
            Path file = Files.writeString(folder.resolve("a.csv"), text);
            List<LoadColumn> columns = new ArrayList<>();
            ColumnType[] types = {
                ColumnType.TEXT,
                ColumnType.INTEGER,
                ColumnType.DECIMAL,
                ColumnType.BOOLEAN,
                ColumnType.DATE
            };
            for (int i = 0; i < types.length; i++) {
                columns.add(new LoadColumn(i, new LakeColumn("c" + i, "c" + i, types[i])));
            }
            SourceLayout layout =
                    new SourceLayout(
                            Format.CSV,
                            TextEncoding.UTF_8,
                            ',',
                            false,
                            null,
                            List.of("", "", "", "", ""));
            LoadPlan plan =
                    new LoadPlan(
                            layout,
                            columns,
                            "t",
                            LoadMode.REPLACE,
                            TestLake.ZONE,
                            lake.rejects(),
                            Locale.ENGLISH,
                            "load");

            LoadResult result = lake.loader.load(file, plan, LoadListener.NONE);

            assertThat(result.rejected()).isZero();
            assertThat(lake.rows("t")).isEqualTo(table);
            long least =
                    table.stream()
                            .filter(row -> row.get(1) != null)
                            .mapToLong(row -> Long.parseLong(row.get(1)))
                            .min()
                            .orElseThrow();
            DataFile data = dataFile(lake);
            assertThat(
                            (Long)
                                    Conversions.fromByteBuffer(
                                            Types.LongType.get(), data.lowerBounds().get(3)))
                    .isEqualTo(least);
            assertThat(data.nullValueCounts().get(3))
                    .isEqualTo(table.stream().filter(row -> row.get(1) == null).count());
            assertThat(data.recordCount()).isEqualTo(rows);
        }
    }

    private static DataFile dataFile(TestLake lake) throws Exception {
        try (CloseableIterable<FileScanTask> tasks =
                lake.tables.load("t").newScan().includeColumnStats().planFiles()) {
            return tasks.iterator().next().file();
        }
    }
}

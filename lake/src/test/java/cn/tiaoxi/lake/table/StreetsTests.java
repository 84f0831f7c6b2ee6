package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real table of the country's streets and towns. */
class StreetsTests {
    private static final Path STREETS = Path.of("../../shared/data/places/streets.csv");

    @Test
    void allStreetsAreLoadedWithTheirCodesAsText(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(STREETS), "the public data is not beside the project: " + STREETS);
        try (TestLake lake = new TestLake(folder)) {
            LoadResult result = lake.load(STREETS, "streets");

            assertThat(result.rejected()).isZero();
            assertThat(result.rows()).isEqualTo(41_352);
            assertThat(lake.tables.rowCount("streets")).isEqualTo(41_352);
            assertThat(lake.tables.columns("streets"))
                    .containsExactly(
                            new LakeColumn("code", "code", ColumnType.TEXT),
                            new LakeColumn("name", "name", ColumnType.TEXT),
                            new LakeColumn("area_code", "areaCode", ColumnType.TEXT),
                            new LakeColumn("province_code", "provinceCode", ColumnType.TEXT),
                            new LakeColumn("city_code", "cityCode", ColumnType.TEXT));
            RowPage first = lake.tables.rows("streets", java.util.List.of(), 0, 2);
            assertThat(first.rows().getFirst().number()).isEqualTo(1);
            assertThat(first.rows().getFirst().values())
                    .containsExactly("110101001", "东华门街道", "110101", "11", "1101");
            assertThat(first.next()).isEqualTo(2);
            assertThat(lake.rows("streets")).hasSize(41_352);
            assertThat(lake.tables.history("streets")).hasSize(1);
        }
    }
}

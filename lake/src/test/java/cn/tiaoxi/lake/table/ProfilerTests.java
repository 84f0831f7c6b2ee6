package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.kind.KindMatch;
import cn.tiaoxi.lake.kind.Kinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTests {
    @Test
    void columnsAreProfiledAndRecognised(@TempDir Path folder) throws Exception {
        try (TestLake lake = new TestLake(folder)) {
            StringBuilder text = new StringBuilder("姓名,身份证号,车牌,年龄,金额,出生日期,登记时间,备注\n");
            String[] ids = {
                "330502199001010014",
                "330503198512311021",
                "330521200002290032",
                "330521200002290033"
            };
            for (int i = 0; i < 100; i++) {
                text.append(i % 2 == 0 ? "张三," : "李小四,")
                        .append(ids[i % 4])
                        .append(",浙E")
                        .append(10_000 + i);
                text.append(',')
                        .append(i)
                        .append(',')
                        .append(i)
                        .append(".5,2000-01-")
                        .append(10 + i % 10);
                text.append(",2023-01-05 08:00:00,\n");
            }
            lake.load(lake.write("a.csv", text.toString()), "t");

            TableProfile profile = new Profiler(lake.tables).profile("t");
            Map<String, KindMatch> kinds =
                    new ColumnKinds(lake.tables, Kinds.standard()).recognise("t");

            assertThat(profile.rows()).isEqualTo(100);
            assertThat(profile.sampledRows()).isEqualTo(100);
            ColumnProfile name = profile.columns().get(0);
            assertThat(name.distinct()).isEqualTo(2);
            assertThat(name.distinctExact()).isTrue();
            assertThat(name.top()).contains(new ColumnProfile.ValueCount("张三", 50));
            assertThat(name.patterns()).contains(new ColumnProfile.ValueCount("汉汉汉", 50));
            assertThat(name.histogram())
                    .containsExactly(
                            new ColumnProfile.Bin("2", "3", 50),
                            new ColumnProfile.Bin("3", "3", 50));
            ColumnProfile plate = profile.columns().get(2);
            assertThat(plate.patterns())
                    .containsExactly(new ColumnProfile.ValueCount("汉A99999", 100));
            ColumnProfile age = profile.columns().get(3);
            assertThat(age.min()).isEqualTo("0");
            assertThat(age.max()).isEqualTo("99");
            assertThat(age.histogram()).hasSize(20).allMatch(bin -> bin.count() == 5);
            ColumnProfile amount = profile.columns().get(4);
            assertThat(amount.max()).isEqualTo("99.5");
            assertThat(amount.histogram().stream().mapToLong(ColumnProfile.Bin::count).sum())
                    .isEqualTo(100);
            ColumnProfile birth = profile.columns().get(5);
            assertThat(birth.histogram()).hasSize(10);
            assertThat(birth.histogram().getFirst().from()).isEqualTo("2000-01-10");
            ColumnProfile moment = profile.columns().get(6);
            assertThat(moment.min()).isEqualTo("2023-01-05T00:00:00.000000Z");
            assertThat(moment.histogram()).hasSize(1);
            ColumnProfile note = profile.columns().get(7);
            assertThat(note.nulls()).isEqualTo(100);
            assertThat(note.histogram()).isEmpty();
            assertThat(note.min()).isNull();
            assertThat(kinds.values().stream().map(match -> match.kind().id()))
                    .contains("person-name", "resident-id", "plate", "age", "money", "birth-date");
            KindMatch resident = kinds.get("shen_fen_zheng_hao");
            assertThat(resident.checkFailures()).isEqualTo(25);
            assertThat(resident.share()).isEqualTo(0.75);
        }
    }

    @Test
    void anEmptyTableHasAProfileToo(@TempDir Path folder) throws Exception {
        try (TestLake lake = new TestLake(folder)) {
            lake.load(lake.write("a.csv", "name,age\n"), "t");

            assertThat(new Profiler(lake.tables).profile("t").rows()).isZero();
            assertThat(new ColumnKinds(lake.tables, Kinds.standard()).recognise("t")).isEmpty();
            assertThat(lake.tables.rows("t", List.of(), 0, 10).rows()).isEmpty();
        }
    }
}

package cn.tiaoxi.lake.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTests {
    private final Kinds kinds = Kinds.standard();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resident-id | 证件 | TEXT | 330502199001010014;330503198512311021;330521200002290032",
                "uscc | 代码 | TEXT | 11330500002564141P;91350100M000100Y43",
                "mobile | 甲 | TEXT | 13812345678;19987654321;+86 13711112222",
                "landline | 甲 | TEXT | 0572-2398000;0572-2398001;05722398002",
                "plate | 甲 | TEXT | 浙E12345;浙ED12345;沪A8K88D;浙EF1234学",
                "person-name | 甲 | TEXT | 张三;李四;欧阳修;王小明;沈约;阿依古丽·买买提",
                "address | 甲 | TEXT | 浙江省湖州市吴兴区人民路12号;湖州市南浔区练市镇新华路8弄3幢",
                "division-code | 甲 | TEXT | 330500;330502;330521;330502001",
                "postal-code | 邮编 | TEXT | 313000;313100;313200",
                "date | 甲 | DATE | 2023-01-05;2024-02-29",
                "date | 甲 | TEXT | 2023年1月5日;2023/1/5;20230105",
                "birth-date | 出生日期 | DATE | 1990-01-05;1984-02-29",
                "money | 合同金额 | DECIMAL | 12.5;1000000",
                "personal-income | 年收入 | DECIMAL | 120000;98000.5",
                "email | 甲 | TEXT | a.b@huzhou.gov.cn;x@y.cn",
                "url | 甲 | TEXT | https://www.huzhou.gov.cn/;http://a.cn",
                "coordinates | 甲 | TEXT | 120.0868,30.8936;30.8936,120.0868",
                "longitude | 经度 | DECIMAL | 120.0868;119.5",
                "organisation-name | 甲 | TEXT | 湖州市数据局;湖州苕溪科技有限公司;德清县人民医院",
                "gender | 甲 | TEXT | 男;女;女",
                "nation | 甲 | TEXT | 汉族;畲族;回",
                "bank-card | 银行卡号 | TEXT | 4111111111111111;5555555555554444",
                "licence-id | 甲 | TEXT | 1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"
            })
    void aKindIsRecognised(String kind, String label, ColumnType type, String values) {
        assertThat(recognise(label, type, List.of(values.split(";"))))
                .map(match -> match.kind().id())
                .contains(kind);
    }

    @Test
    void wrongCheckDigitsAreCounted() {
        Optional<KindMatch> match =
                recognise(
                        "身份证号",
                        ColumnType.TEXT,
                        List.of(
                                "330502199001010014",
                                "330503198512311021",
                                "330521200002290032",
                                "330502199001010015"));

        assertThat(match)
                .hasValueSatisfying(
                        found -> {
                            assertThat(found.values()).isEqualTo(4);
                            assertThat(found.matched()).isEqualTo(3);
                            assertThat(found.checkFailures()).isEqualTo(1);
                            assertThat(found.share()).isEqualTo(0.75);
                            assertThat(found.kind().grade()).isEqualTo(Grade.L3);
                            assertThat(found.kind().reason(Locale.CHINA)).contains("个人");
                            assertThat(found.kind().reason(Locale.ENGLISH)).contains("person");
                        });
    }

    @Test
    void plainNumbersAndProseAreNothing() {
        assertThat(recognise("数量", ColumnType.INTEGER, List.of("1", "2", "3"))).isEmpty();
        assertThat(recognise("说明", ColumnType.TEXT, List.of("今天天气很好啊，大家都去了公园", "没有问题"))).isEmpty();
        assertThat(recognise("空", ColumnType.TEXT, List.of())).isEmpty();
    }

    @Test
    void aNameMakesTheSameValuesMoreCertain() {
        List<String> values = List.of("张三", "李四");
        double bare = recognise("甲", ColumnType.TEXT, values).orElseThrow().confidence();
        double named = recognise("姓名", ColumnType.TEXT, values).orElseThrow().confidence();

        assertThat(named).isGreaterThan(bare);
    }

    @Test
    void aWrongDefinitionNamesTheKind() {
        byte[] json =
                "[{\"id\":\"x\",\"name\":\"甲\",\"nameEn\":\"a\",\"grade\":\"L9\"}]"
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Kinds.read(new ByteArrayInputStream(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind x");
    }

    private Optional<KindMatch> recognise(String label, ColumnType type, List<String> values) {
        KindTally tally = kinds.tally(new LakeColumn("c1", label, type));
        values.forEach(value -> tally.add(value.strip(), 1));
        return tally.best();
    }
}

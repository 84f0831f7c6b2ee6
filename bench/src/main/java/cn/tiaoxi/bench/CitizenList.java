package cn.tiaoxi.bench;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.gateway.filter.FieldRules;
import cn.tiaoxi.gateway.filter.RecordPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generated answers: lists of 2 KB records as a department's service gives them. */
final class CitizenList {
    static final Map<String, Mask> MASKS = Map.of("name", Mask.NAME, "idNumber", Mask.IDENTIFIER);
    static final String NOT_GRANTED = "phone";

    private static final String FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平";
    private static final String[] ROADS = {"凤凰路", "人民路", "红丰路", "吴兴大道", "二环北路", "龙溪街"};
    private static final String SENTENCE = "该事项已于规定时限内办结，材料齐全，经核验与登记信息一致；";

    private final Random random = new Random(20261126);

    /** A record's fields in order; every third text is ASCII. */
    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        LocalDate birthday = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000));
        String day = birthday.toString().replace("-", "");
        fields.put("rowNumber", random.nextInt(10_000_000));
        fields.put("name", pick(FAMILY) + pick(GIVEN) + (random.nextBoolean() ? pick(GIVEN) : ""));
        fields.put("idNumber", "330502" + day + (1000 + random.nextInt(9000)));
        fields.put("gender", random.nextBoolean() ? "男" : "女");
        fields.put("birthday", birthday.toString());
        fields.put(NOT_GRANTED, "138" + (10_000_000 + random.nextInt(90_000_000)));
        fields.put("married", random.nextBoolean());
        fields.put(
                "address",
                "浙江省湖州市吴兴区" + ROADS[random.nextInt(ROADS.length)] + random.nextInt(900) + "号");
        fields.put("balance", random.nextInt(1_000_000) / 100.0);
        fields.put("organisation", "湖州市吴兴区行政审批局第" + (1 + random.nextInt(40)) + "窗口");
        fields.put("creditCode", "11330500" + Long.toString(random.nextLong(1L << 40), 36));
        for (int i = 1; i <= 12; i++) {
            fields.put("itemCode" + i, Long.toHexString(random.nextLong()) + "-" + i);
        }
        fields.put("updated", "2026-11-26T08:" + (10 + random.nextInt(50)) + ":00+08:00");
        fields.put("source", "https://data.huzhou.gov.cn/items/" + random.nextInt(1_000_000));
        fields.put("remark", SENTENCE.repeat(10 + random.nextInt(5)));
        fields.put("closed", null);
        return fields;
    }

    private String pick(String from) {
        int at = random.nextInt(from.length());
        return from.substring(at, at + 1);
    }

    /** A JSON list of about so many bytes. */
    byte[] json(int bytes) {
        StringBuilder list = new StringBuilder("{\"code\":0,\"rows\":[");
        int size = 0;
        while (size < bytes) {
            int begin = list.length();
            list.append(size > 0 ? "," : "").append('{');
            fields().forEach(
                            (name, value) -> {
                                list.append('"').append(name).append("\":");
                                if (value instanceof String) {
                                    list.append('"').append(value).append("\",");
                                } else {
                                    list.append(value).append(',');
                                }
                            });
            list.setCharAt(list.length() - 1, '}');
            size += list.substring(begin).getBytes(StandardCharsets.UTF_8).length;
        }
        return list.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON list of about so many bytes whose values are as short as can be: the hardest work. */
    static byte[] smallValues(int bytes) {
        String record =
                "{\"rowNumber\":7,\"name\":\"王伟\",\"gender\":\"男\",\"phone\":1,\"married\":true,"
                        + "\"balance\":0.5,\"remark\":[1,2,3,\"a\",null]}";
        int length = record.getBytes(StandardCharsets.UTF_8).length + 1;
        return ("{\"rows\":[" + (record + ",").repeat(bytes / length) + record + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A table of about so many bytes. */
    byte[] csv(int bytes) {
        StringBuilder table = new StringBuilder();
        table.append(String.join(",", fields().keySet())).append("\r\n");
        int size = 0;
        while (size < bytes) {
            int begin = table.length();
            fields().values()
                    .forEach(value -> table.append(value == null ? "" : value).append(','));
            table.setLength(table.length() - 1);
            table.append("\r\n");
            size += table.substring(begin).getBytes(StandardCharsets.UTF_8).length;
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** All fields but one, two of them masked. */
    static FieldRules rules() {
        List<Field> fields = new ArrayList<>();
        List<String> granted = new ArrayList<>();
        for (String name : new CitizenList().fields().keySet()) {
            fields.add(new Field(name, name, FieldType.TEXT, Grade.L2, ""));
            if (!name.equals(NOT_GRANTED)) {
                granted.add(name);
            }
        }
        PublishedInterface served =
                new PublishedInterface(
                        "citizens",
                        "citizens",
                        "citizens",
                        "330502",
                        "serving.citizens",
                        List.of("idNumber"),
                        fields,
                        1_000,
                        InterfaceState.LIVE);
        Grant grant =
                new Grant(
                        "grant",
                        "caller",
                        "citizens",
                        granted,
                        MASKS,
                        "bench",
                        1,
                        1,
                        Instant.EPOCH,
                        Instant.MAX,
                        GrantState.ACTIVE);
        return FieldRules.of(served, grant, new RecordPlace("/rows", List.of("/code")));
    }
}

package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.Residents;
import cn.tiaoxi.platform.Visitors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestComponent;

/** Datasets of the police to share, brought as people bring them; each when it is first wanted. */
@TestComponent
public class TestDatasets {
    /** Rows in each dataset. */
    static final int ROWS = 100;

    private static final Map<String, String> STREET_GRADES =
            Map.of("code", "L1", "name", "L1", "area", "L2");

    private final Visitors visitors;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    TestDatasets(Visitors visitors) {
        this.visitors = visitors;
    }

    /** Who brings them. */
    Clerk clerk() {
        return new Clerk(visitors.person("wang.wei"), visitors.person("zhang.min"));
    }

    /** Shared without condition, nothing above L2. */
    String streets() {
        return once("streets", this::newStreets);
    }

    /** The same, another one with each call. */
    String newStreets() {
        String id = bringStreets();
        clerk().confirm(id, STREET_GRADES);
        clerk().fillIn(id, Map.of("sharing", "UNCONDITIONAL", "sharingManner", "INTERFACE"));
        clerk().publish(id);
        return id;
    }

    /** The same, with codes that are numbers. */
    String numberedStreets() {
        return once(
                "numbered",
                () -> {
                    String id =
                            clerk().dataset(
                                            "全市街道编号",
                                            streets(ROWS),
                                            Clerk.columns(
                                                    "code 街道代码 INTEGER",
                                                    "name 名称 TEXT",
                                                    "area 面积 TEXT"));
                    clerk().confirm(id, STREET_GRADES);
                    clerk().fillIn(
                                    id,
                                    Map.of(
                                            "sharing",
                                            "UNCONDITIONAL",
                                            "sharingManner",
                                            "INTERFACE"));
                    clerk().publish(id);
                    return id;
                });
    }

    /** Shared on conditions: resident identifiers (L3), names (L2), illnesses (L4). */
    String people() {
        return once(
                "people",
                () -> {
                    String id =
                            clerk().dataset(
                                            "户籍人员就诊登记",
                                            people(ROWS),
                                            Clerk.columns(
                                                    "id_number 身份证号 TEXT",
                                                    "name 姓名 TEXT",
                                                    "illness 病史 TEXT"));
                    clerk().confirm(id, Map.of("id_number", "L3", "name", "L2", "illness", "L4"));
                    clerk().fillIn(
                                    id,
                                    Map.of(
                                            "sharing",
                                            "CONDITIONAL",
                                            "sharingCondition",
                                            "因履行法定职责需要核验人员身份的部门可以申请"));
                    clerk().publish(id);
                    return id;
                });
    }

    /** Not shared, by law. */
    String secret() {
        return once(
                "secret",
                () -> {
                    String id = bringStreets();
                    clerk().confirm(id, STREET_GRADES);
                    clerk().fillIn(
                                    id,
                                    Map.of(
                                            "sharing",
                                            "NONE",
                                            "sharingReason",
                                            "《中华人民共和国保守国家秘密法》第十三条"));
                    clerk().publish(id);
                    return id;
                });
    }

    /** Not published, and nobody vouches for the grade of its column {@code area}. */
    String draft() {
        return once(
                "draft",
                () -> {
                    String id = bringStreets();
                    clerk().confirm(id, Map.of("code", "L1", "name", "L1"));
                    return id;
                });
    }

    private String bringStreets() {
        return clerk().dataset("全市街道名录", streets(ROWS), Clerk.columns(STREETS));
    }

    private synchronized String once(String name, Supplier<String> maker) {
        String id = made.get(name);
        if (id == null) {
            id = maker.get();
            made.put(name, id);
        }
        return id;
    }

    static final String[] STREETS = {"code 街道代码 TEXT", "name 名称 TEXT", "area 面积 TEXT"};

    /** A table of streets. */
    static String streets(int rows) {
        return table(
                "街道代码,名称,面积", rows, i -> "%d,第%d街道,%d.5平方公里".formatted(330_502_000 + i, i, 10 + i));
    }

    /** A table of people. */
    private static String people(int rows) {
        return table(
                "身份证号,姓名,病史",
                rows,
                i ->
                        Residents.identifier(i)
                                + ","
                                + Residents.name(i)
                                + ","
                                + (i % 2 == 0 ? "高血压" : "无"));
    }

    private static String table(String header, int rows, IntFunction<String> row) {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        return csv.toString();
    }
}

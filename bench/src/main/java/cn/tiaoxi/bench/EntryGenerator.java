package cn.tiaoxi.bench;

import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes entries of a ledger from its type: every field that holds no reference, file or personal
 * datum gets a value that the type takes. About one in eight optional ones stays empty, so that
 * rules find something. The same seed makes the same entries.
 */
final class EntryGenerator {
    private static final String[] SUBJECTS = {
        "城乡居民养老", "企业登记", "道路运输", "水资源", "排污许可", "危险化学品", "农村宅基地", "医疗救助", "职业培训",
        "房屋租赁", "食品经营", "特种设备", "地质灾害", "公共停车", "流动人口", "残疾人康复", "科技型企业", "文化遗产",
        "气象灾害", "政府采购", "建筑工地", "河道管护", "垃圾分类", "电梯安全", "婚姻登记", "社会组织", "工伤认定"
    };
    private static final String[] ACTS = {
        "管理", "监测", "审批", "预警", "查询", "分析", "巡查", "核验", "统计", "调度", "服务", "评价"
    };
    private static final String[] KINDS = {"系统", "平台", "应用", "模块", "专题", "工作台"};
    private static final String[] PHRASES = {
        "面向各业务科室和乡镇街道，支持在线办理与进度查询。", "汇聚多部门数据，按日更新，按月通报。",
        "实现事项受理、审核、办结全流程线上运行。", "自动比对异常记录并推送至责任单位处置。",
        "与市级公共数据平台对接，接口调用全程留痕。", "支持移动端采集、地图展示与统计分析。"
    };

    private final LedgerType type;
    private final List<String> organisations;
    private final List<String> divisions;
    private final List<String> people;
    private final Random random;

    EntryGenerator(LedgerType type, Organisations organisations, List<String> people, long seed) {
        this.type = type;
        this.organisations =
                organisations.all().stream()
                        .filter(o -> o.kind() == Organisation.Kind.OFFICE)
                        .map(Organisation::code)
                        .toList();
        this.divisions =
                organisations.all().stream()
                        .filter(
                                o ->
                                        o.kind() == Organisation.Kind.COUNTY
                                                || o.kind() == Organisation.Kind.TOWN)
                        .map(Organisation::code)
                        .filter(c -> c.matches("[0-9]+"))
                        .toList();
        this.people = people;
        this.random = new Random(seed);
    }

    /** Writes so many entries as a file of JSON lines, columns named by the fields. */
    void write(Path file, int count) throws IOException {
        JsonMapper json = JsonMapper.shared();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write(json.writeValueAsString(entry(i)));
                out.write('\n');
            }
        }
    }

    /** Something to search for, another one for every number up to 19,440. */
    static String typed(int number) {
        String subject = SUBJECTS[number % SUBJECTS.length];
        String act = ACTS[number / SUBJECTS.length % ACTS.length];
        String kind = KINDS[number / SUBJECTS.length / ACTS.length % KINDS.length];
        return subject + act + " " + kind + " " + (10 + number % 10);
    }

    private Map<String, Object> entry(int number) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(LedgerType.TITLE, title() + number);
        entry.put(LedgerType.ORGANISATION, any(organisations));
        for (LedgerType.Field field : type.fields()) {
            boolean left = !field.needed() && random.nextInt(8) == 0;
            boolean made = field.id().equals(LedgerType.TITLE) || field.read() != null;
            if (!made && !left && field.present(entry)) {
                Object value = value(field, number);
                if (value != null) {
                    entry.put(field.id(), value);
                }
            }
        }
        return entry;
    }

    private String title() {
        return any(SUBJECTS) + any(ACTS) + any(KINDS);
    }

    private @Nullable Object value(LedgerType.Field field, int number) {
        return switch (field.type()) {
            case TEXT -> text(field, number);
            case NUMBER -> number(field);
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.of(2018, 1, 1).plusDays(random.nextInt(2_900)).toString();
            case CODE -> several(field, field.allCodes().stream().map(c -> c.code()).toList());
            case ORGANISATION -> several(field, organisations);
            case DIVISION -> several(field, divisions);
            case PERSON -> several(field, people);
            case GEOMETRY ->
                    "%.5f,%.5f"
                            .formatted(
                                    119.4 + random.nextDouble() * 1.1,
                                    30.4 + random.nextDouble() * 0.8);
            case REFERENCE, FILE -> null;
        };
    }

    private @Nullable Object text(LedgerType.Field field, int number) {
        if (field.pattern() != null || field.check() != null) {
            return null;
        }
        String text =
                field.mostCharacters() > 300
                        ? title() + "，" + any(PHRASES) + any(PHRASES)
                        : title() + number;
        return text.length() <= field.mostCharacters()
                ? text
                : text.substring(text.length() - field.mostCharacters());
    }

    private Object number(LedgerType.Field field) {
        Double least = field.least();
        Double most = field.most();
        double low = least == null ? 0 : least;
        double high = most == null ? low + 1_000 : Math.min(most, low + 100_000);
        return Math.floor(low + random.nextDouble() * (high - low));
    }

    private Object several(LedgerType.Field field, List<String> values) {
        if (!field.several()) {
            return any(values);
        }
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(any(values));
        }
        return some;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String any(String[] values) {
        return values[random.nextInt(values.length)];
    }
}

package cn.tiaoxi.bench;

import cn.tiaoxi.platform.duplicate.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * A made-up city's applications: each is one thing done to one subject ("巡查" of "河道"), kept by one
 * of 350 departments, with a title, a list of functions, the matters it serves and the datasets it
 * reads. No two are alike unless planted; many share the subject or the deed. The same seed makes
 * the same city.
 */
final class CityOfApplications {
    static final int DEPARTMENTS = 350;

    private static final List<String> PLACES =
            List.of("湖州市", "吴兴区", "南浔区", "德清县", "长兴县", "安吉县", "南太湖新区");
    private static final List<String> MANNERS =
            List.of("智慧", "数字", "智能", "数字化", "互联网+", "一体化", "综合");
    private static final List<String> FORMS =
            List.of("系统", "平台", "管理系统", "应用", "信息系统", "综合管理平台", "一件事应用", "场景", "小程序");
    private static final List<String> COMMON_FUNCTIONS =
            List.of("统计分析", "消息提醒", "移动端办理", "权限管理", "数据看板", "日志审计", "接口对接");
    private static final List<String> COMMON_DATA =
            List.of("人口库", "法人库", "证照库", "地址库", "信用库", "地理底图", "投资项目库", "事项库");

    private Random random;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, List<String>> functions = new LinkedHashMap<>();
    private final List<Deed> free = new ArrayList<>();
    private final List<Deed> foreign = new ArrayList<>();

    /** A field of government and its subjects. */
    private record Field(String name, List<String> subjects) {}

    /** One thing done to one subject. */
    record Deed(String field, String subject, String function) {}

    /** An application. */
    record Application(
            Deed deed,
            String title,
            List<String> functions,
            List<String> matters,
            List<String> datasets,
            String organisation) {

        Subject subject() {
            return new Subject(
                    Map.of(
                            "title", List.of(title),
                            "functions", List.of(String.join("；", functions)),
                            "matters", List.of(String.join("；", matters)),
                            "datasets", datasets,
                            "organisation", List.of(organisation)));
        }
    }

    CityOfApplications(long seed) {
        this.random = new Random(seed);
        for (String line : lines("city-objects.txt")) {
            List<String> words = List.of(line.split(" "));
            fields.add(new Field(words.getFirst(), words.subList(1, words.size())));
        }
        for (String line : lines("city-functions.txt")) {
            String[] parts = line.split("\\|");
            functions.put(parts[0], List.of(parts[1].split(";")));
        }
        for (Field field : fields) {
            for (String subject : field.subjects()) {
                List<Deed> into = random.nextInt(12) == 0 ? foreign : free;
                functions.keySet().forEach(f -> into.add(new Deed(field.name(), subject, f)));
            }
        }
        Collections.shuffle(free, random);
        Collections.shuffle(foreign, random);
    }

    /** The lines of a list beside this class, without comments. */
    static List<String> lines(String name) {
        try (InputStream in =
                Objects.requireNonNull(CityOfApplications.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An application that does what no other does. */
    Application next() {
        return application(free.removeLast());
    }

    /** A proposal that shares its subject with others in the city, but not what is done to it. */
    Application nearMiss() {
        return application(free.removeLast());
    }

    /** A proposal about a subject that the city has no application for. */
    Application stranger() {
        return application(foreign.removeLast());
    }

    /** The application of that number in an endless city, where many do the same. */
    Application any(int number) {
        random = new Random(number);
        return application(free.get(random.nextInt(free.size())));
    }

    private Application application(Deed deed) {
        return new Application(
                deed,
                title(deed.subject() + deed.function()),
                functionsOf(deed),
                matters(deed.subject()),
                datasets(deed),
                department(deed.field()));
    }

    String title(String core) {
        StringBuilder title = new StringBuilder();
        if (chance(0.35)) {
            title.append(pick(PLACES));
        }
        if (chance(0.1)) {
            title.append(2019 + random.nextInt(8)).append("年");
        }
        if (chance(0.3)) {
            title.append(pick(MANNERS));
        }
        title.append(core).append(pick(FORMS));
        return title.toString();
    }

    List<String> functionsOf(Deed deed) {
        List<String> all = new ArrayList<>();
        for (String phrase : Objects.requireNonNull(functions.get(deed.function()))) {
            all.add(phrase.replace("{o}", chance(0.6) ? deed.subject() : ""));
        }
        Collections.shuffle(all, random);
        List<String> some = new ArrayList<>(all.subList(0, 3 + random.nextInt(all.size() - 2)));
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(pick(COMMON_FUNCTIONS));
        }
        Collections.shuffle(some, random);
        return some;
    }

    List<String> matters(String subject) {
        List<String> all =
                new ArrayList<>(
                        List.of(subject + "许可", subject + "备案", subject + "变更", subject + "检查"));
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(3));
    }

    List<String> datasets(Deed deed) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            some.add(deed.subject() + "-" + random.nextInt(4));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(deed.field() + "-" + random.nextInt(20));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(pick(COMMON_DATA));
        }
        return List.copyOf(some);
    }

    /** One of the seven departments of that field: the city's or a county's. */
    String department(String field) {
        int number = 0;
        while (!fields.get(number).name().equals(field)) {
            number++;
        }
        return "d" + (number * PLACES.size() + random.nextInt(PLACES.size())) % DEPARTMENTS;
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Random random() {
        return random;
    }
}

package cn.tiaoxi.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what an application is in other words, as somebody would who does not know that it exists:
 * synonyms, another order, other ornaments, words added and dropped, shortened; other functions of
 * the same kind, some other data, often another department. The synonyms are this generator's own:
 * those of {@code city-plain.txt} are usual, those of {@code city-outside.txt} are not.
 */
final class Rewording {
    private static final List<String> MANNERS =
            List.of("智慧", "数智", "智能化", "集成", "协同", "全流程", "闭环", "");
    private static final List<String> FORMS =
            List.of("平台", "应用", "一体化平台", "系统", "数字化应用", "服务平台", "软件", "管理平台", "场景应用");
    private static final List<String> PLACES =
            List.of("湖州市", "湖州", "吴兴区", "南浔区", "德清县", "长兴县", "安吉县", "全市", "市级");
    private static final List<String> ADDED =
            List.of("精细化", "联动", "赋能", "线上", "一站式", "二期", "提升", "新型", "快速");

    private final CityOfApplications city;
    private final Map<String, List<String>> plain;
    private final Map<String, List<String>> outside;

    Rewording(CityOfApplications city) {
        this.city = city;
        this.plain = table("city-plain.txt");
        this.outside = table("city-outside.txt");
    }

    static Map<String, List<String>> table(String name) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : CityOfApplications.lines(name)) {
            List<String> words = List.of(line.split(" "));
            table.put(words.getFirst(), words.subList(1, words.size()));
        }
        return table;
    }

    /** Whether a title can be said in words of the outside. */
    boolean hasOutside(CityOfApplications.Application original) {
        var deed = original.deed();
        return outside.containsKey(deed.subject()) || outside.containsKey(deed.function());
    }

    /** The application in other words; with {@code far} in those that no table foresees. */
    CityOfApplications.Application of(CityOfApplications.Application original, boolean far) {
        Map<String, List<String>> table = far ? outside : plain;
        var deed = original.deed();
        return new CityOfApplications.Application(
                deed,
                title(deed, table, far),
                functions(original, table, far),
                matters(original, table),
                datasets(original),
                city.chance(0.5) ? original.organisation() : city.department(deed.field()));
    }

    private String title(
            CityOfApplications.Deed deed, Map<String, List<String>> table, boolean far) {
        String subject = deed.subject();
        String function = deed.function();
        boolean both = city.chance(far ? 0.35 : 0.6);
        boolean first =
                table.containsKey(subject)
                        && (both || !table.containsKey(function) || city.chance(0.5));
        String mySubject = first || both ? said(subject, table, 1) : subject;
        String myFunction = !first || both ? said(function, table, 1) : function;
        String core =
                switch (city.random().nextInt(5)) {
                    case 0 -> myFunction + mySubject;
                    case 1 -> mySubject + city.pick(ADDED) + myFunction;
                    case 2 -> city.pick(ADDED) + mySubject + myFunction;
                    case 3 -> "面向" + mySubject + "的" + myFunction;
                    default -> mySubject + myFunction;
                };
        String place = city.chance(0.4) ? city.pick(PLACES) : "";
        String form = city.chance(0.1) ? "" : city.pick(FORMS);
        return place + city.pick(MANNERS) + core + form;
    }

    /** Other functions of the same kind and half of the original ones, some reworded. */
    private List<String> functions(
            CityOfApplications.Application original, Map<String, List<String>> table, boolean far) {
        Set<String> all = new LinkedHashSet<>();
        original.functions()
                .forEach(
                        f -> {
                            if (city.chance(0.5)) {
                                all.add(said(f, table, 0.6));
                            }
                        });
        city.functionsOf(original.deed()).forEach(f -> all.add(said(f, table, far ? 0.8 : 0.6)));
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, city.random());
        return shuffled.subList(0, Math.min(shuffled.size(), 3 + city.random().nextInt(3)));
    }

    private List<String> matters(
            CityOfApplications.Application original, Map<String, List<String>> table) {
        List<String> kept = new ArrayList<>();
        for (String matter : original.matters()) {
            if (city.chance(0.7)) {
                kept.add(said(matter, table, 0.5));
            }
        }
        return kept;
    }

    private List<String> datasets(CityOfApplications.Application original) {
        Set<String> some = new LinkedHashSet<>();
        for (String each : original.datasets()) {
            if (city.chance(0.6)) {
                some.add(each);
            }
        }
        for (String each : city.datasets(original.deed())) {
            if (city.chance(0.5)) {
                some.add(each);
            }
        }
        return List.copyOf(some);
    }

    /** A text with words of the table replaced, each with that probability. */
    private String said(String text, Map<String, List<String>> table, double probability) {
        String said = text;
        for (Map.Entry<String, List<String>> each : table.entrySet()) {
            if (said.contains(each.getKey()) && city.chance(probability)) {
                said = said.replace(each.getKey(), city.pick(each.getValue()));
            }
        }
        return said;
    }
}

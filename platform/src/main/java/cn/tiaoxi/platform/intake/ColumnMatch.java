package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests what the columns of a file go to: by the identifiers of a template, by names in either
 * language, by words that are usual for it, at last by likeness. Nothing is suggested twice.
 */
final class ColumnMatch {
    private static final double ALIKE = 0.6;

    /** Headings that people use for what every ledger has. */
    private static final Map<String, String> USUAL = new HashMap<>();

    /** Headings of exports and sheets to mend that go nowhere. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "状态",
                    "state",
                    "更新时间",
                    "updated",
                    "怎么改",
                    "whattomend",
                    "序号",
                    "no",
                    "得分",
                    "score");

    static {
        for (String each : List.of("编号", "编码", "代码", "标识", "identifier", "id", "code")) {
            USUAL.put(each, EntryTable.CODE);
        }
        for (String each :
                List.of(
                        "单位",
                        "所属单位",
                        "部门",
                        "所属部门",
                        "机构",
                        "主管单位",
                        "organization",
                        "department",
                        "agency")) {
            USUAL.put(each, LedgerType.ORGANISATION);
        }
        for (String each : List.of("名称", "标题", "题名", "title", "name")) {
            USUAL.put(each, LedgerType.TITLE);
        }
    }

    private final Targets targets;
    private final Map<String, String> names = new HashMap<>();

    ColumnMatch(Targets targets) {
        this.targets = targets;
        for (EntryTable.Column column : targets.all()) {
            names.putIfAbsent(Likeness.plain(column.id()), column.id());
        }
        for (EntryTable.Column column : targets.all()) {
            names.putIfAbsent(Likeness.plain(column.name().zh()), column.id());
            names.putIfAbsent(Likeness.plain(column.name().en()), column.id());
        }
    }

    /** How many of these headings name something of the ledger. */
    int known(List<String> headings) {
        int known = 0;
        for (String heading : headings) {
            String plain = Likeness.plain(heading);
            if (names.containsKey(plain) || USUAL.containsKey(plain)) {
                known++;
            }
        }
        return known;
    }

    /** What each column goes to; null where nothing fits. */
    List<@Nullable String> suggest(List<Layout.Column> columns) {
        @Nullable String[] found = new @Nullable String[columns.size()];
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < found.length; i++) {
            String id = columns.get(i).id();
            take(found, i, id != null && targets.find(id).isPresent() ? id : null, taken);
        }
        for (int i = 0; i < found.length; i++) {
            if (columns.get(i).id() == null) {
                take(found, i, names.get(Likeness.plain(columns.get(i).name())), taken);
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (columns.get(i).id() == null) {
                take(found, i, USUAL.get(Likeness.plain(columns.get(i).name())), taken);
            }
        }
        alike(columns, found, taken);
        return new ArrayList<>(java.util.Arrays.asList(found));
    }

    private void take(
            @Nullable String[] found, int column, @Nullable String target, Set<String> taken) {
        if (found[column] == null
                && target != null
                && targets.find(target).isPresent()
                && taken.add(target)) {
            found[column] = target;
        }
    }

    private void alike(List<Layout.Column> columns, @Nullable String[] found, Set<String> taken) {
        record Pair(int column, String target, double likeness) {}
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            String plain = Likeness.plain(columns.get(i).name());
            if (found[i] != null || columns.get(i).id() != null || LEFT_OUT.contains(plain)) {
                continue;
            }
            for (EntryTable.Column target : targets.all()) {
                double likeness =
                        Math.max(
                                Likeness.of(plain, Likeness.plain(target.name().zh())),
                                Likeness.of(plain, Likeness.plain(target.name().en())));
                if (likeness >= ALIKE) {
                    pairs.add(new Pair(i, target.id(), likeness));
                }
            }
        }
        pairs.sort((a, b) -> Double.compare(b.likeness(), a.likeness()));
        pairs.forEach(p -> take(found, p.column(), p.target(), taken));
    }

    /** Whether a heading belongs to what exports add and nobody brings. */
    static boolean isLeftOut(String heading) {
        return LEFT_OUT.contains(Likeness.plain(heading));
    }
}

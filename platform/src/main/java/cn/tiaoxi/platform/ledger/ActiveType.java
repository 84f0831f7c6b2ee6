package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type in force, with its rules. The rules are compiled when they are first asked for, since most
 * types are not asked at the start.
 */
final class ActiveType {
    private static final Pattern LINKS = Pattern.compile("\\blinks\\b");
    private static final Pattern CODE = Pattern.compile("\\bentry\\s*(\\.\\s*code\\b|(?!\\s*\\.))");

    private final LedgerType type;
    private final int version;
    private final Supplier<RuleBook<FindingDetail>> compile;
    private final boolean links;
    private final boolean code;
    private final Map<String, LedgerType.Field> fields = new HashMap<>();
    private final List<LedgerType.Field> references = new ArrayList<>();
    private volatile @Nullable Compiled compiled;

    /** The rules with what is computed from them once. */
    private record Compiled(
            RuleBook<FindingDetail> book,
            Map<String, Rule<FindingDetail>> byId,
            Map<String, Integer> places) {}

    ActiveType(LedgerType type, int version, Supplier<RuleBook<FindingDetail>> compile) {
        this.type = type;
        this.version = version;
        this.compile = compile;
        this.links = isIn(type, LINKS);
        this.code = isIn(type, CODE);
        type.fields().forEach(f -> fields.put(f.id(), f));
        type.fields().stream()
                .filter(f -> f.type() == LedgerType.Kind.REFERENCE)
                .forEach(references::add);
    }

    private static boolean isIn(LedgerType type, Pattern pattern) {
        return type.rules().stream()
                .flatMap(ActiveType::expressions)
                .anyMatch(e -> pattern.matcher(e).find());
    }

    private static Stream<String> expressions(Rule.Entry rule) {
        Map<String, String> values = rule.values();
        return Stream.concat(
                Stream.of(rule.expression(), rule.each() == null ? "" : rule.each()),
                values == null ? Stream.empty() : values.values().stream());
    }

    LedgerType type() {
        return type;
    }

    int version() {
        return version;
    }

    /** Whether rules look at the entries that an entry refers to. */
    boolean looksAtLinks() {
        return links;
    }

    /** Whether rules may look at the code of an entry. */
    boolean looksAtCode() {
        return code;
    }

    /** The fields that refer to other entries. */
    List<LedgerType.Field> references() {
        return references;
    }

    LedgerType.@Nullable Field field(String id) {
        return fields.get(id);
    }

    RuleBook<FindingDetail> book() {
        return compiled().book();
    }

    Optional<Rule<FindingDetail>> rule(String id) {
        return Optional.ofNullable(compiled().byId().get(id));
    }

    /** The place of a rule among the rules; behind them for what is none of them. */
    int place(String rule) {
        return compiled().places().getOrDefault(rule, Integer.MAX_VALUE);
    }

    /** The share of the rules' weight that an entry keeps, 0 to 1. */
    double score(Entry entry) {
        int weight = type.weight();
        return weight == 0 ? 1 : Math.max(0, 1 - (double) entry.lost() / weight);
    }

    private Compiled compiled() {
        Compiled before = compiled;
        if (before != null) {
            return before;
        }
        synchronized (this) {
            Compiled now = compiled;
            if (now == null) {
                RuleBook<FindingDetail> book = compile.get();
                Map<String, Rule<FindingDetail>> byId = new HashMap<>();
                Map<String, Integer> places = new HashMap<>();
                for (Rule<FindingDetail> rule : book.rules()) {
                    places.put(rule.id(), places.size());
                    byId.put(rule.id(), rule);
                }
                now = new Compiled(book, byId, places);
                compiled = now;
            }
            return now;
        }
    }
}

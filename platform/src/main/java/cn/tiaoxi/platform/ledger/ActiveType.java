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
import org.jspecify.annotations.Nullable;

/**
 * A type in force, with its rules. The rules are compiled when they are first asked for, since most
 * types are not asked at the start.
 */
final class ActiveType {
    private static final Pattern LINKS = Pattern.compile("\\blinks\\b");

    private final LedgerType type;
    private final int version;
    private final Supplier<RuleBook<FindingDetail>> compile;
    private final boolean links;
    private final Map<String, LedgerType.Field> fields = new HashMap<>();
    private final List<LedgerType.Field> references = new ArrayList<>();
    private volatile @Nullable Compiled compiled;

    /** The rules with what is computed from them once. */
    private record Compiled(
            RuleBook<FindingDetail> book, Map<String, Rule<FindingDetail>> byId, double weight) {}

    ActiveType(LedgerType type, int version, Supplier<RuleBook<FindingDetail>> compile) {
        this.type = type;
        this.version = version;
        this.compile = compile;
        this.links =
                type.rules().stream()
                        .anyMatch(
                                r ->
                                        LINKS.matcher(r.expression()).find()
                                                || r.each() != null
                                                        && LINKS.matcher(r.each()).find());
        type.fields().forEach(f -> fields.put(f.id(), f));
        type.fields().stream()
                .filter(f -> f.type() == LedgerType.Kind.REFERENCE)
                .forEach(references::add);
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

    /** What all rules that count weigh together. */
    double weight() {
        return compiled().weight();
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
                double weight = 0;
                for (Rule<FindingDetail> rule : book.rules()) {
                    byId.put(rule.id(), rule);
                    if (rule.detail().severity() != Finding.Severity.ADVICE) {
                        weight += rule.weight();
                    }
                }
                now = new Compiled(book, byId, weight);
                compiled = now;
            }
            return now;
        }
    }
}

package cn.tiaoxi.platform.rule;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one kind, compiled. Safe for use by many threads.
 *
 * @param <D> what the kind adds to each rule
 */
public final class RuleBook<D> {
    private final String kind;
    private final List<Compiled<D>> rules;
    private final Clock clock;

    /** A rule with its compiled expressions. */
    record Compiled<D>(
            Rule<D> rule,
            Expressions.Compiled expression,
            Expressions.@Nullable Compiled each,
            Map<String, Expressions.Compiled> values) {}

    RuleBook(String kind, List<Compiled<D>> rules, Clock clock) {
        this.kind = kind;
        this.rules = List.copyOf(rules);
        this.clock = clock;
    }

    /** What the rules are for. */
    public String kind() {
        return kind;
    }

    /** The rules in the order of the file. */
    public List<Rule<D>> rules() {
        return rules.stream().map(Compiled::rule).toList();
    }

    /** The book with these rules alone. */
    public RuleBook<D> only(Set<String> ids) {
        return new RuleBook<>(
                kind, rules.stream().filter(r -> ids.contains(r.rule().id())).toList(), clock);
    }

    /**
     * Asks every rule; a rule with {@code each} answers once for each item. A rule that fails over
     * these facts says so in its verdict and hinders no other.
     *
     * @param facts the variables; maps, lists, text, numbers, booleans, instants and null
     */
    public List<Verdict<D>> ask(Map<String, ?> facts) {
        return ask(facts, false);
    }

    /** The verdicts whose expression is false or failed; quicker than all of them. */
    public List<Verdict<D>> broken(Map<String, ?> facts) {
        return ask(facts, true);
    }

    private List<Verdict<D>> ask(Map<String, ?> facts, boolean brokenAlone) {
        Facts known = new Facts(facts, clock.instant());
        List<Verdict<D>> verdicts = new ArrayList<>();
        for (Compiled<D> rule : rules) {
            ask(rule, known, brokenAlone, verdicts);
        }
        return verdicts;
    }

    /** The verdicts whose expression is true. */
    public List<Verdict<D>> fired(Map<String, ?> facts) {
        return ask(facts).stream().filter(Verdict::value).toList();
    }

    private static <D> void ask(
            Compiled<D> rule, Facts facts, boolean brokenAlone, List<Verdict<D>> verdicts) {
        Expressions.Compiled each = rule.each();
        if (each == null) {
            add(rule, facts, null, brokenAlone, verdicts);
            return;
        }
        try {
            Object items = each.evaluate(facts);
            if (!(items instanceof Collection<?> all)) {
                throw new Expressions.Wrong("`each` gave no list");
            }
            for (Object item : all) {
                facts.set("item", item);
                add(rule, facts, item, brokenAlone, verdicts);
            }
        } catch (Expressions.Wrong e) {
            verdicts.add(failed(rule, null, e));
        }
    }

    private static <D> void add(
            Compiled<D> rule,
            Facts facts,
            @Nullable Object item,
            boolean brokenAlone,
            List<Verdict<D>> verdicts) {
        try {
            if (!(rule.expression().evaluate(facts) instanceof Boolean value)) {
                throw new Expressions.Wrong("the result is neither true nor false");
            }
            if (value && brokenAlone) {
                return;
            }
            Map<String, String> values = new LinkedHashMap<>();
            rule.values().forEach((name, expression) -> values.put(name, text(expression, facts)));
            verdicts.add(new Verdict<>(rule.rule(), value, item, values, null));
        } catch (Expressions.Wrong e) {
            verdicts.add(failed(rule, item, e));
        }
    }

    /**
     * A value for a text; what cannot be computed over these facts is a dash and decides nothing.
     */
    private static String text(Expressions.Compiled expression, Facts facts) {
        try {
            return Facts.text(expression.evaluate(facts));
        } catch (Expressions.Wrong e) {
            return "—";
        }
    }

    private static <D> Verdict<D> failed(
            Compiled<D> rule, @Nullable Object item, Expressions.Wrong reason) {
        return new Verdict<>(
                rule.rule(), false, item, Map.of(), String.valueOf(reason.getMessage()));
    }
}

package cn.tiaoxi.platform.rule;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The city's rules, from {@code rules/<kind>.yaml}. A module loads its kind when it starts; a rule
 * that does not compile refuses the start and is named with its file and the place in it.
 */
@Component
public class Rules {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final CityFolder folder;
    private final Clock clock;
    private final Map<String, RuleBook<?>> books = new ConcurrentSkipListMap<>();
    private final Map<Set<String>, Expressions> environments = new ConcurrentHashMap<>();

    Rules(CityFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Loads and compiles the rules of a kind. Every rule sees the variables named here, {@code now}
     * and, when asked item by item, {@code item}.
     *
     * @param kind name of the file without its ending
     * @param variables names that the rules may use
     * @param detail shape of what the kind adds to each rule under {@code detail:}
     * @throws CityException if the file is missing or wrong; the message names file, rule and place
     */
    public <D> RuleBook<D> load(String kind, Set<String> variables, Class<D> detail) {
        String name = "rules/" + kind + ".yaml";
        Path path = folder.path(name);
        Rule.File file = folder.read(name, Rule.File.class);
        if (!file.kind().equals(kind)) {
            throw CityException.wrong(path, "`kind` must be " + kind + ", not " + file.kind());
        }
        RuleBook<D> book =
                compile(
                        kind,
                        name,
                        file.rules(),
                        variables,
                        detail,
                        problem -> {
                            throw CityException.wrong(
                                    path,
                                    "rule %s, %s: %s"
                                            .formatted(
                                                    file.rules().get(problem.rule()).id(),
                                                    problem.part(),
                                                    problem.reason()));
                        });
        use(book);
        return book;
    }

    /**
     * What is wrong with a rule.
     *
     * @param rule its place among the rules, from 0
     * @param part the key that is wrong, for example {@code expression} or {@code values.zh}
     * @param reason why, with the place inside an expression
     */
    public record Problem(int rule, String part, String reason) {}

    /**
     * Compiles rules that stand in another file. Those that are wrong are told and left out.
     *
     * @param kind what they are for
     * @param file where they stand, relative to the city's folder
     * @param problems takes what is wrong
     */
    public <D> RuleBook<D> compile(
            String kind,
            String file,
            List<Rule.Entry> rules,
            Set<String> variables,
            Class<D> detail,
            Consumer<Problem> problems) {
        Set<String> withItem = new HashSet<>(variables);
        withItem.add("item");
        Expressions once = expressions(variables);
        Expressions byItem = expressions(withItem);
        Set<String> ids = new HashSet<>();
        List<RuleBook.Compiled<D>> compiled = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule.Entry entry = rules.get(i);
            if (!ids.add(entry.id())) {
                problems.accept(new Problem(i, "id", "the rule " + entry.id() + " stands twice"));
                continue;
            }
            Compiling<D> one =
                    new Compiling<>(
                            kind, file, entry, entry.each() == null ? once : byItem, once, detail);
            try {
                compiled.add(one.rule());
            } catch (Expressions.Wrong | JacksonException e) {
                String reason =
                        e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
                problems.accept(new Problem(i, one.part, String.valueOf(reason)));
            }
        }
        return new RuleBook<>(kind, compiled, clock);
    }

    private Expressions expressions(Set<String> variables) {
        return environments.computeIfAbsent(Set.copyOf(variables), Expressions::new);
    }

    /** Counts the rules of a book among those in use, in place of those of the same kind. */
    public void use(RuleBook<?> book) {
        books.put(book.kind(), book);
    }

    /** All rules that are in use, by kind. */
    public List<Rule<?>> all() {
        List<Rule<?>> all = new ArrayList<>();
        books.values().forEach(b -> all.addAll(b.rules()));
        return all;
    }

    /** Compiles one rule; {@link #part} says how far it came. */
    private static final class Compiling<D> {
        private final String kind;
        private final String file;
        private final Rule.Entry entry;
        private final Expressions inside;
        private final Expressions once;
        private final Class<D> type;
        private String part = "expression";

        Compiling(
                String kind,
                String file,
                Rule.Entry entry,
                Expressions inside,
                Expressions once,
                Class<D> type) {
            this.kind = kind;
            this.file = file;
            this.entry = entry;
            this.inside = inside;
            this.once = once;
            this.type = type;
        }

        RuleBook.Compiled<D> rule() throws Expressions.Wrong {
            Expressions.Compiled expression = inside.condition(entry.expression());
            part = "each";
            String each = entry.each();
            Expressions.Compiled items = each == null ? null : once.list(each);
            Map<String, String> values = entry.values() == null ? Map.of() : entry.values();
            Map<String, Expressions.Compiled> compiledValues = new LinkedHashMap<>();
            for (Map.Entry<String, String> value : values.entrySet()) {
                part = "values." + value.getKey();
                compiledValues.put(value.getKey(), inside.any(value.getValue()));
            }
            part = "detail";
            return new RuleBook.Compiled<>(
                    rule(values, detail()), expression, items, compiledValues);
        }

        private D detail() {
            JsonNode detail = entry.detail();
            return JSON.treeToValue(detail == null ? JSON.createObjectNode() : detail, type);
        }

        private Rule<D> rule(Map<String, String> values, D detail) {
            return new Rule<>(
                    entry.id(),
                    kind,
                    entry.name(),
                    entry.description(),
                    entry.expression().strip(),
                    entry.each(),
                    values,
                    entry.counted(),
                    file,
                    entry.plan(),
                    detail);
        }
    }
}

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
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
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
        Expressions once = new Expressions(variables);
        Set<String> withItem = new HashSet<>(variables);
        withItem.add("item");
        Expressions byItem = new Expressions(withItem);
        Set<String> ids = new HashSet<>();
        List<RuleBook.Compiled<D>> compiled = new ArrayList<>();
        for (Rule.Entry entry : file.rules()) {
            if (!ids.add(entry.id())) {
                throw CityException.wrong(path, "the rule " + entry.id() + " stands twice");
            }
            compiled.add(
                    compile(path, kind, entry, entry.each() == null ? once : byItem, once, detail));
        }
        RuleBook<D> book = new RuleBook<>(compiled, clock);
        books.put(kind, book);
        return book;
    }

    /** All rules that are in use, by kind. */
    public List<Rule<?>> all() {
        List<Rule<?>> all = new ArrayList<>();
        books.values().forEach(b -> all.addAll(b.rules()));
        return all;
    }

    private static <D> RuleBook.Compiled<D> compile(
            Path path,
            String kind,
            Rule.Entry entry,
            Expressions inside,
            Expressions once,
            Class<D> detail) {
        String part = "expression";
        try {
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
                    rule(path, kind, entry, values, detail(entry.detail(), detail)),
                    expression,
                    items,
                    compiledValues);
        } catch (Expressions.Wrong | JacksonException e) {
            String reason =
                    e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
            throw CityException.unreadable(
                    path, "rule %s, %s: %s".formatted(entry.id(), part, reason), e);
        }
    }

    private static <D> D detail(@Nullable JsonNode detail, Class<D> type) {
        return JSON.treeToValue(detail == null ? JSON.createObjectNode() : detail, type);
    }

    private static <D> Rule<D> rule(
            Path path, String kind, Rule.Entry entry, Map<String, String> values, D detail) {
        Integer weight = entry.weight();
        return new Rule<>(
                entry.id(),
                kind,
                entry.name(),
                entry.description(),
                entry.expression().strip(),
                entry.each(),
                values,
                weight == null ? 1 : weight,
                "rules/" + path.getFileName(),
                detail);
    }
}

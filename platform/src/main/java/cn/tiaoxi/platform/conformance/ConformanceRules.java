package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the city checks before an application goes live, from {@code conformance.yaml}. A wrong file
 * refuses the start with its name, the item and the reason.
 */
@Component
class ConformanceRules {
    static final String FILE = "conformance.yaml";
    private static final String KIND = "conformance";

    /** What the expressions see. */
    static final Set<String> VARIABLES = Set.of("entry", "fields", "links", "facts", "mandatory");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConformanceFile file;
    private final RuleBook<Detail> book;

    /** What each item adds to its rule. */
    record Detail(Words message, Words mend, boolean mandatory, @Nullable String field) {}

    ConformanceRules(CityFolder folder, Rules rules, Ledger ledger) {
        Path path = folder.path(FILE);
        this.file = folder.read(FILE, ConformanceFile.class);
        check(path, ledger);
        this.book =
                rules.compile(
                        KIND,
                        FILE,
                        file.items().stream().map(ConformanceRules::rule).toList(),
                        VARIABLES,
                        Detail.class,
                        problem -> {
                            throw CityException.wrong(
                                    path,
                                    "item %s, %s: %s"
                                            .formatted(
                                                    file.items().get(problem.rule()).id(),
                                                    problem.part(),
                                                    problem.reason()));
                        });
        rules.use(book);
    }

    private static Rule.Entry rule(ConformanceFile.Item item) {
        Words description = item.description();
        return new Rule.Entry(
                item.id(),
                item.name(),
                description == null ? item.name() : description,
                item.expression(),
                null,
                item.values(),
                1,
                item.plan(),
                JSON.valueToTree(
                        new Detail(item.message(), item.mend(), item.hinders(), item.field())));
    }

    private void check(Path path, Ledger ledger) {
        List<String> wrong = new ArrayList<>();
        ConformanceFile.Components components = file.components();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put(file.ledger(), List.of(components.kind(), components.used()));
        fields.put(components.ledger(), List.of(components.mandatoryFor()));
        fields.forEach((type, names) -> check(ledger, type, names, wrong));
        states(ledger, file.ledger(), file.before(), wrong);
        states(ledger, components.ledger(), components.states(), wrong);
        if (file.items().isEmpty()) {
            wrong.add("there is no item");
        }
        if (!wrong.isEmpty()) {
            throw CityException.wrong(path, wrong.getFirst());
        }
    }

    private static void check(Ledger ledger, String type, List<String> fields, List<String> wrong) {
        Optional<LedgerType> found = find(ledger, type);
        if (found.isEmpty()) {
            wrong.add("there is no ledger " + type);
            return;
        }
        fields.stream()
                .filter(f -> found.get().field(f).isEmpty())
                .forEach(f -> wrong.add("the ledger " + type + " has no field " + f));
    }

    private static void states(
            Ledger ledger, String type, List<String> states, List<String> wrong) {
        find(ledger, type)
                .ifPresent(
                        t ->
                                states.stream()
                                        .filter(s -> t.state(s).isEmpty())
                                        .forEach(
                                                s ->
                                                        wrong.add(
                                                                "the ledger %s has no state %s"
                                                                        .formatted(type, s))));
    }

    private static Optional<LedgerType> find(Ledger ledger, String type) {
        return ledger.types().stream().filter(t -> t.id().equals(type)).findFirst();
    }

    /** Ledger whose entries are checked. */
    String ledger() {
        return file.ledger();
    }

    /** States of entries that have not gone live yet. */
    List<String> before() {
        return file.before();
    }

    ConformanceFile.Components components() {
        return file.components();
    }

    RuleBook<Detail> book() {
        return book;
    }

    /** An item by its identifier. */
    Optional<Rule<Detail>> item(String id) {
        return book.rules().stream().filter(r -> r.id().equals(id)).findFirst();
    }
}

package cn.tiaoxi.platform.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTests {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T02:00:00Z"), ZoneOffset.UTC);

    @TempDir private Path city;

    record Detail(@Nullable String outcome, @Nullable Words message) {}

    private RuleBook<Detail> load(String rules) {
        try {
            Files.createDirectories(city.resolve("rules"));
            Files.writeString(city.resolve("rules/trial.yaml"), "kind: trial\nrules:\n" + rules);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Rules(CityFolders.of(city), CLOCK).load("trial", Set.of("entry"), Detail.class);
    }

    private RuleBook<Detail> one(String expression) {
        return load(rule("one", expression, ""));
    }

    private static String rule(String id, String expression, String more) {
        return """
          - id: %s
            name: {zh: 名, en: name}
            description: {zh: 述, en: description}
            expression: |-
              %s
        %s\
        """
                .formatted(id, expression.replace("\n", "\n      "), more);
    }

    private static Verdict<Detail> only(RuleBook<Detail> book, Map<String, ?> entry) {
        List<Verdict<Detail>> verdicts = book.ask(Map.of("entry", entry));
        assertThat(verdicts).hasSize(1);
        return verdicts.getFirst();
    }

    @Test
    void numbersTextListsNullAndTimesOfJavaAreUnderstood() {
        Map<String, Object> entry = new HashMap<>();
        entry.put("whole", 3);
        entry.put("share", new BigDecimal("0.25"));
        entry.put("title", "湖州市企业登记");
        entry.put("nothing", null);
        entry.put("grades", List.of("L1", "L2"));
        entry.put("updated", Instant.parse("2026-11-23T02:00:00Z"));
        entry.put("state", Thread.State.NEW);

        RuleBook<Detail> book =
                one(
                        """
                        entry.whole > 2 && entry.share < 0.3 && size(entry.title) == 7
                          && entry.nothing == null && entry.grades.all(g, g <= "L2")
                          && now - entry.updated == duration("24h") && entry.state == "NEW"\
                        """);

        Verdict<Detail> verdict = only(book, entry);
        assertThat(verdict.failure()).isNull();
        assertThat(verdict.value()).isTrue();
    }

    @Test
    void anExpressionThatDoesNotCompileRefusesTheStartWithFileRuleAndPlace() {
        assertThatThrownBy(() -> one("size(entry.title) >\n  = 4"))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("rules/trial.yaml")
                .hasMessageContaining("rule one, expression: line 2, column 3");
        assertThatThrownBy(() -> one("dataset.rows > 3"))
                .hasMessageContaining("undeclared reference to 'dataset'");
        assertThatThrownBy(() -> one("'text'")).hasMessageContaining("must be bool, not string");
    }

    @Test
    void anUnknownKeyOrATwiceGivenRuleRefusesTheStart() {
        assertThatThrownBy(() -> load(rule("one", "true", "    detail: {outcame: APPROVE}\n")))
                .isInstanceOf(CityException.class)
                .hasMessageContaining("outcame");
        assertThatThrownBy(() -> load(rule("one", "true", "") + rule("one", "false", "")))
                .hasMessageContaining("the rule one stands twice");
    }

    @Test
    void aRuleAskedItemByItemAnswersForEachAndFillsItsTexts() {
        RuleBook<Detail> book =
                load(
                        rule(
                                "graded",
                                "item.grade == null",
                                """
                                    each: entry.columns.filter(c, c.name != "id")
                                    values: {column: item.name, all: "size(entry.columns)"}
                                    detail: {message: {zh: "{column}没有分级", en: "{column} has no grade"}}
                                """));

        List<Verdict<Detail>> fired =
                book.fired(
                        Map.of(
                                "entry",
                                Map.of(
                                        "columns",
                                        Arrays.asList(
                                                column("id", null),
                                                column("phone", null),
                                                column("name", "L2")))));

        assertThat(fired).hasSize(1);
        Words message = fired.getFirst().rule().detail().message();
        assertThat(message).isNotNull();
        assertThat(fired.getFirst().filled(message).en()).isEqualTo("phone has no grade");
        assertThat(fired.getFirst().values()).containsEntry("all", "3");
    }

    private static Map<String, Object> column(String name, @Nullable String grade) {
        Map<String, Object> column = new HashMap<>();
        column.put("name", name);
        column.put("grade", grade);
        return column;
    }

    @Test
    void aRuleThatFailsOverTheFactsSaysWhyAndHindersNoOther() {
        RuleBook<Detail> book =
                load(rule("broken", "entry.missing > 3", "") + rule("sound", "entry.there", ""));

        List<Verdict<Detail>> verdicts = book.ask(Map.of("entry", Map.of("there", true)));

        assertThat(verdicts.get(0).value()).isFalse();
        assertThat(verdicts.get(0).failure()).contains("missing");
        assertThat(verdicts.get(1).value()).isTrue();
    }

    @Test
    void anExpressionThatWouldRunForLongIsStopped() {
        List<Long> many = LongStream.range(0, 2_000).boxed().toList();

        Verdict<Detail> verdict =
                only(one("entry.many.all(a, entry.many.all(b, a + b >= 0))"), Map.of("many", many));

        assertThat(verdict.failure()).contains("budget");
        assertThatThrownBy(() -> one("true" + " || true".repeat(600)))
                .isInstanceOf(CityException.class);
    }
}

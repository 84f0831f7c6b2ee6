package cn.tiaoxi.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The city's standardisation rules: a sound entry has no finding, and each fault finds its rule.
 */
@PlatformTest
class StandardisationRulesTests {
    @Autowired private Inspector inspector;
    @Autowired private LedgerTypes types;

    private static Map<String, Object> fields() {
        return new HashMap<>(
                Map.ofEntries(
                        Map.entry("title", "企业登记信息"),
                        Map.entry("summary", "本市企业和个体工商户的登记信息，用于核验市场主体资格和经营状态。"),
                        Map.entry("keywords", "企业 法人"),
                        Map.entry("resourceClass", "BASE"),
                        Map.entry("theme", "法人"),
                        Map.entry("nationalCode", "101001/000017"),
                        Map.entry("updatePeriod", "DAILY"),
                        Map.entry("sharing", "CONDITIONAL"),
                        Map.entry("sharingCondition", "因履行职责需要核验市场主体资格的，可按事项申请。"),
                        Map.entry("sharingManner", "INTERFACE"),
                        Map.entry("opening", "CONDITIONAL"),
                        Map.entry("openingCondition", "去除联系方式后开放"),
                        Map.entry("legalBasis", "《中华人民共和国市场主体登记管理条例》"),
                        Map.entry("contact", "陈杰"),
                        Map.entry("contactPhone", "0572-2050003")));
    }

    private static Map<String, Object> column(String name, String grade) {
        return new LinkedHashMap<>(
                Map.of(
                        "name",
                        name,
                        "label",
                        "字段" + name,
                        "described",
                        true,
                        "failures",
                        0,
                        "confirmed",
                        true,
                        "element",
                        "uscc",
                        "grade",
                        grade,
                        "kind",
                        "mobile",
                        "floor",
                        "L1"));
    }

    private static Map<String, Object> facts() {
        return new HashMap<>(
                Map.of(
                        "rows",
                        30_000,
                        "rejected",
                        12,
                        "loaded",
                        Instant.now().toString(),
                        "grade",
                        "L3",
                        "columns",
                        new ArrayList<>(List.of(column("a", "L1"), column("b", "L3")))));
    }

    private List<Finding> findings(Map<String, Object> fields, Map<String, Object> facts) {
        Instant now = Instant.now();
        Object title = fields.get("title");
        Entry entry =
                new Entry(
                        UUID.randomUUID().toString(),
                        "dataset",
                        "D330500202611000001",
                        title == null ? "" : title.toString(),
                        "330500-market",
                        "DRAFT",
                        fields,
                        facts,
                        List.of(),
                        false,
                        1,
                        1,
                        1,
                        now,
                        now,
                        null);
        return inspector.inspected(types.inForce("dataset"), entry, Map.of()).findings();
    }

    @Test
    void aSoundEntryHasNoFinding() {
        assertThat(findings(fields(), facts())).isEmpty();
    }

    @Test
    void anEntryOfWhichNothingIsKnownYetIsJudgedByEveryRule() {
        List<Finding> findings =
                findings(
                        Map.of("title", "空"),
                        Map.of("rows", 0, "rejected", 0, "columns", List.of()));

        assertThat(findings)
                .extracting(Finding::rule)
                .contains("required-fields", "title-form", "loaded");
        assertThat(findings)
                .noneMatch(
                        f ->
                                Inspector.inWords(types.inForce("dataset"), f)
                                        .message()
                                        .zh()
                                        .contains("无法判断"));
    }

    static List<Arguments> faults() {
        return List.of(
                fault("required-fields", "theme", null),
                fault("title-form", "title", "企业登记信息2023"),
                fault("title-form", "title", "企业"),
                fault("summary-length", "summary", "企业信息"),
                fault("keywords", "keywords", "企业"),
                fault("sharing-condition", "sharingCondition", "按需"),
                fault("sharing-reason", "sharing", "NONE"),
                fault("sharing-manner", "sharingManner", null),
                fault("opening-condition", "openingCondition", null),
                fault("opening-reason", "opening", "FORBIDDEN"),
                fault("opening-grade", "opening", "UNCONDITIONAL"),
                fault("sharing-grade", "sharing", "UNCONDITIONAL"),
                fault("legal-basis", "legalBasis", null),
                fault("contact-phone", "contactPhone", "12"),
                fault("national-code", "nationalCode", "201001/000017"));
    }

    private static Arguments fault(String rule, String field, @Nullable String value) {
        return Arguments.of(rule, field, value);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultInTheMetadataFindsItsRule(String rule, String field, @Nullable String value) {
        Map<String, Object> fields = fields();
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }

        List<Finding> findings = findings(fields, facts());

        assertThat(findings).extracting(Finding::rule).containsExactly(rule);
        assertThat(findings.getFirst().field()).isNotBlank();
        assertSpeaks(findings.getFirst());
    }

    private void assertSpeaks(Finding finding) {
        FindingInWords words = Inspector.inWords(types.inForce("dataset"), finding);
        for (String text :
                List.of(
                        words.message().zh(),
                        words.message().en(),
                        words.mend().zh(),
                        words.mend().en())) {
            assertThat(text).isNotBlank().doesNotContain("{", "—");
        }
    }

    static List<Arguments> columnFaults() {
        return List.of(
                Arguments.of("column-labelled", "label", "phone"),
                Arguments.of("column-graded", "confirmed", false),
                Arguments.of("column-grade-kind", "floor", "L4"),
                Arguments.of("check-failures", "failures", 400));
    }

    @ParameterizedTest
    @MethodSource("columnFaults")
    void aFaultInAColumnFindsItsRuleAndNamesTheColumn(String rule, String fact, Object value) {
        Map<String, Object> column = column("b", "L3");
        column.put(fact, value);
        Map<String, Object> facts = facts();
        facts.put("columns", List.of(column("a", "L1"), column));

        List<Finding> findings = findings(fields(), facts);

        assertThat(findings).extracting(Finding::rule).containsExactly(rule);
        assertThat(findings.getFirst().column()).isEqualTo("b");
        assertSpeaks(findings.getFirst());
    }

    @Test
    void faultsInTheTableAsAWholeFindTheirRules() {
        Map<String, Object> facts = facts();
        facts.put("rejected", 5_000);
        facts.put("loaded", Instant.now().minus(3, ChronoUnit.DAYS).toString());
        Map<String, Object> bare = column("b", "L3");
        bare.remove("element");
        bare.put("described", false);
        facts.put("columns", List.of(column("a", "L1"), bare, bare, bare));

        Set<String> rules =
                findings(fields(), facts).stream().map(Finding::rule).collect(Collectors.toSet());

        assertThat(rules)
                .containsExactlyInAnyOrder(
                        "rejected-share", "fresh", "elements-assigned", "column-described");
    }
}

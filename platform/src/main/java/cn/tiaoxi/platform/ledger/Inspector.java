package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds what is wrong with entries. Every rule of a type's file says what must hold; where it does
 * not, there is a finding. Rules see {@code entry}, {@code fields} (every field of the type, null
 * where it is not filled in), {@code facts}, {@code type} and {@code links}. A reference to an
 * entry that was removed is a finding of every type.
 */
@Component
class Inspector {
    /** Rule of every type: references name entries that are there. */
    static final String DANGLING = "reference-removed";

    private static final Words FAILED_MEND =
            new Words("请把这条规则告诉数据局运维人员", "Tell the data office about this rule");
    private static final Words DANGLING_NAME = new Words("引用有效", "References");
    private static final Words DANGLING_MESSAGE =
            new Words("引用的“{title}”已被删除", "“{title}”, which it refers to, was removed");
    private static final Words DANGLING_MEND =
            new Words("改为现有的条目，或清空该项", "Choose another entry, or empty the field");
    private static final int DANGLING_WEIGHT = 3;

    /**
     * The entry as its rules find it.
     *
     * @param linked the entries that it refers to, by identifier
     */
    Entry inspected(ActiveType type, Entry entry, Map<String, Entry> linked) {
        List<Finding> findings = broken(type, type.book(), entry, linked);
        dangling(type, entry, linked, findings);
        return entry.inspected(findings, lost(findings));
    }

    /**
     * The entry as its rules find it, where all but some rules found before what they find now.
     *
     * @param some the rules that are new or other ones
     * @param gone identifiers of those and of the rules that are no more
     */
    Entry inspected(
            ActiveType type,
            Entry entry,
            Map<String, Entry> linked,
            RuleBook<FindingDetail> some,
            Set<String> gone) {
        List<Finding> findings = broken(type, some, entry, linked);
        entry.findings().stream().filter(f -> !gone.contains(f.rule())).forEach(findings::add);
        findings.sort(Comparator.comparingInt(f -> type.place(f.rule())));
        return entry.inspected(findings, lost(findings));
    }

    private static List<Finding> broken(
            ActiveType type, RuleBook<FindingDetail> book, Entry entry, Map<String, Entry> linked) {
        List<Finding> findings = new ArrayList<>();
        for (Verdict<FindingDetail> verdict : book.broken(facts(type, entry, linked))) {
            findings.add(finding(verdict));
        }
        return findings;
    }

    /** What the broken rules weigh, each once; references that dangle are no rule of the type. */
    private static int lost(List<Finding> findings) {
        int lost = 0;
        Set<String> counted = new HashSet<>();
        for (Finding finding : findings) {
            if (finding.counts()
                    && !finding.rule().equals(DANGLING)
                    && counted.add(finding.rule())) {
                lost += finding.weight();
            }
        }
        return lost;
    }

    private static void dangling(
            ActiveType type, Entry entry, Map<String, Entry> linked, List<Finding> findings) {
        for (LedgerType.Field field : type.references()) {
            for (String id : entry.texts(field.id())) {
                Entry other = linked.get(id);
                if (other != null && other.removed() != null) {
                    findings.add(
                            new Finding(
                                    DANGLING,
                                    DANGLING_WEIGHT,
                                    Finding.Severity.FINDING,
                                    field.id(),
                                    null,
                                    Map.of("title", other.title()),
                                    null));
                }
            }
        }
    }

    private static Map<String, @Nullable Object> facts(
            ActiveType type, Entry entry, Map<String, Entry> linked) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Map<String, @Nullable Object> facts = new HashMap<>();
        List<Map<String, Object>> required = new ArrayList<>();
        for (LedgerType.Field field : type.type().fields()) {
            Object value = entry.fields().get(field.id());
            Object seen = value == null && field.several() ? List.of() : value;
            fields.put(field.id(), seen);
            facts.put("fields." + field.id(), seen);
            if (field.needed() && field.present(entry.fields())) {
                required.add(named(field, value != null));
            }
        }
        Map<String, Object> own =
                Map.of(
                        "id", entry.id(),
                        "code", entry.code(),
                        "title", entry.title(),
                        "organisation", entry.organisation(),
                        "state", entry.state(),
                        "created", entry.created(),
                        "updated", entry.updated());
        own.forEach((member, value) -> facts.put("entry." + member, value));
        facts.put("entry", own);
        facts.put("fields", fields);
        facts.put("facts", entry.facts());
        facts.put("type", Map.of("required", required));
        facts.put("links", type.looksAtLinks() ? links(type, entry, linked) : Map.of());
        return facts;
    }

    /** The entries that an entry refers to, by field, as rules see them. */
    static Map<String, List<Map<String, Object>>> links(
            ActiveType type, Entry entry, Map<String, Entry> linked) {
        Map<String, List<Map<String, Object>>> links = new LinkedHashMap<>();
        for (LedgerType.Field field : type.references()) {
            List<Map<String, Object>> others = new ArrayList<>();
            for (String id : entry.texts(field.id())) {
                Entry other = linked.get(id);
                if (other != null && other.removed() == null) {
                    others.add(
                            Map.of(
                                    "id", other.id(),
                                    "code", other.code(),
                                    "title", other.title(),
                                    "state", other.state(),
                                    "type", other.type(),
                                    "organisation", other.organisation(),
                                    "fields", other.fields()));
                }
            }
            links.put(field.id(), others);
        }
        return links;
    }

    private static Map<String, Object> named(LedgerType.Field field, boolean filled) {
        return Map.of(
                "id", field.id(),
                "zh", field.name().zh(),
                "en", field.name().en(),
                "filled", filled);
    }

    private static Finding finding(Verdict<FindingDetail> verdict) {
        FindingDetail detail = verdict.rule().detail();
        Finding.Severity severity = detail.severity();
        return new Finding(
                verdict.rule().id(),
                verdict.rule().weight(),
                severity == null ? Finding.Severity.FINDING : severity,
                place(verdict, detail.field()),
                place(verdict, detail.column()),
                verdict.values(),
                verdict.failure());
    }

    private static @Nullable String place(
            Verdict<FindingDetail> verdict, @Nullable String template) {
        if (template == null || verdict.failure() != null) {
            return null;
        }
        return Verdict.fill(template, verdict.values());
    }

    /** The name of a rule, or its identifier if there is none of it any more. */
    static Words ruleName(ActiveType type, String rule) {
        return rule.equals(DANGLING)
                ? DANGLING_NAME
                : type.rule(rule).map(Rule::name).orElse(new Words(rule, rule));
    }

    /** What is wrong with an entry, in words, the gravest first. */
    static List<FindingInWords> inWords(ActiveType type, Entry entry) {
        return entry.findings().stream()
                .sorted(
                        Comparator.comparing(Finding::severity)
                                .thenComparing(Comparator.comparing(Finding::weight).reversed()))
                .map(f -> inWords(type, f))
                .toList();
    }

    /** A finding with its texts. */
    static FindingInWords inWords(ActiveType type, Finding finding) {
        if (finding.rule().equals(DANGLING)) {
            return inWords(finding, DANGLING_NAME, DANGLING_MESSAGE, DANGLING_MEND);
        }
        Rule<FindingDetail> rule = type.rule(finding.rule()).orElse(null);
        String failure = finding.failure();
        Words unknown = new Words(finding.rule(), finding.rule());
        if (failure != null) {
            return inWords(
                    finding,
                    rule == null ? unknown : rule.name(),
                    new Words("规则无法判断：" + failure, "The rule cannot decide: " + failure),
                    FAILED_MEND);
        }
        return rule == null
                ? inWords(finding, unknown, unknown, FAILED_MEND)
                : inWords(finding, rule.name(), rule.detail().message(), rule.detail().mend());
    }

    private static FindingInWords inWords(Finding finding, Words name, Words message, Words mend) {
        Map<String, String> given = finding.values();
        Map<String, String> values = given == null ? Map.of() : given;
        return new FindingInWords(
                finding, name, Verdict.fill(message, values), Verdict.fill(mend, values));
    }
}

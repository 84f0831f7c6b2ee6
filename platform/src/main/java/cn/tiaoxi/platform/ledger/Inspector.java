package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Rules;
import cn.tiaoxi.platform.rule.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds what is wrong with entries. Every rule of a type's file says what must hold; where it does
 * not, there is a finding. Rules see {@code entry}, {@code fields} (every field of the type, null
 * where it is not filled in), {@code facts} and {@code type}.
 */
@Component
class Inspector {
    private static final Words FAILED_MEND =
            new Words("请把这条规则告诉数据局运维人员", "Tell the data office about this rule");

    private final Map<String, RuleBook<FindingDetail>> books = new HashMap<>();

    /**
     * What standardisation rules add to each rule.
     *
     * @param message what is wrong, with {@code {name}} places
     * @param mend how to mend it
     * @param field the field it is about, with places
     * @param column the column it is about, with places
     * @param severity how bad it is; FINDING unless told
     */
    record FindingDetail(
            Words message,
            Words mend,
            @Nullable String field,
            @Nullable String column,
            Finding.@Nullable Severity severity) {}

    Inspector(LedgerTypes types, Rules rules) {
        for (LedgerType type : types.all()) {
            String kind = type.rules();
            if (kind != null) {
                books.put(
                        type.id(),
                        rules.load(
                                kind,
                                Set.of("entry", "fields", "facts", "type"),
                                FindingDetail.class));
            }
        }
    }

    /** What is wrong with an entry now. */
    List<Finding> findings(LedgerType type, Entry entry) {
        RuleBook<FindingDetail> book = books.get(type.id());
        if (book == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Verdict<FindingDetail> verdict : book.ask(facts(type, entry))) {
            if (!verdict.value()) {
                findings.add(finding(verdict));
            }
        }
        return findings;
    }

    private static Map<String, Object> facts(LedgerType type, Entry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        type.fields().forEach(f -> fields.put(f.id(), entry.fields().get(f.id())));
        return Map.of(
                "entry",
                Map.of(
                        "id", entry.id(),
                        "code", entry.code(),
                        "title", entry.title(),
                        "organisation", entry.organisation(),
                        "state", entry.state(),
                        "created", entry.created(),
                        "updated", entry.updated()),
                "fields",
                fields,
                "facts",
                entry.facts(),
                "type",
                Map.of(
                        "required",
                        type.fields().stream()
                                .filter(LedgerType.Field::needed)
                                .map(Inspector::named)
                                .toList()));
    }

    private static Map<String, String> named(LedgerType.Field field) {
        return Map.of("id", field.id(), "zh", field.name().zh(), "en", field.name().en());
    }

    private static Finding finding(Verdict<FindingDetail> verdict) {
        FindingDetail detail = verdict.rule().detail();
        String failure = verdict.failure();
        Finding.Severity severity = detail.severity();
        return new Finding(
                verdict.rule().id(),
                verdict.rule().name(),
                failure == null
                        ? verdict.filled(detail.message())
                        : new Words("规则无法判断：" + failure, "The rule cannot decide: " + failure),
                failure == null ? verdict.filled(detail.mend()) : FAILED_MEND,
                verdict.rule().weight(),
                severity == null ? Finding.Severity.FINDING : severity,
                place(verdict, detail.field()),
                place(verdict, detail.column()));
    }

    private static @Nullable String place(
            Verdict<FindingDetail> verdict, @Nullable String template) {
        if (template == null || verdict.failure() != null) {
            return null;
        }
        return verdict.filled(new Words(template, template)).zh();
    }
}

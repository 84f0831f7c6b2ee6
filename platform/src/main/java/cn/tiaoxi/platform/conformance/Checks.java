package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.rule.Rule;
import cn.tiaoxi.platform.rule.Verdict;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Computes checklists. Items see {@code entry}, {@code fields} (every field of the type, null where
 * it is not filled in), {@code links} (entries referred to, by field), {@code facts} and {@code
 * mandatory} (the components that the application's kind must use).
 */
@Component
class Checks {
    private static final Words ASK =
            new Words("请把这一项告诉数据局运维人员", "Tell the data office about this item");

    private final ConformanceRules rules;
    private final Ledger ledger;
    private final WaiverStore waivers;
    private final City city;
    private final Clock clock;

    Checks(ConformanceRules rules, Ledger ledger, WaiverStore waivers, City city, Clock clock) {
        this.rules = rules;
        this.ledger = ledger;
        this.waivers = waivers;
        this.city = city;
        this.clock = clock;
    }

    LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }

    Mandatory mandatory() {
        return Mandatory.of(ledger, rules.components());
    }

    /** The checklist of an application as of now. */
    Checklist of(Entry entry) {
        return of(List.of(entry), mandatory()).getFirst();
    }

    /** The checklists of applications, what they refer to read together. */
    List<Checklist> of(List<Entry> entries, Mandatory mandatory) {
        LedgerType type = ledger.type(rules.ledger());
        Map<String, Map<String, Entry>> linked = linked(type, entries);
        Map<String, Map<String, Checklist.Waiver>> waived =
                waivers.inForce(entries.stream().map(Entry::id).toList(), today());
        return entries.stream()
                .map(
                        e ->
                                checklist(
                                        type,
                                        e,
                                        linked,
                                        mandatory,
                                        waived.getOrDefault(e.id(), Map.of())))
                .toList();
    }

    private Map<String, Map<String, Entry>> linked(LedgerType type, List<Entry> entries) {
        Map<String, List<String>> wanted = new HashMap<>();
        for (LedgerType.Field field : references(type)) {
            String other = String.valueOf(field.ledger());
            for (Entry entry : entries) {
                wanted.computeIfAbsent(other, o -> new ArrayList<>())
                        .addAll(entry.texts(field.id()));
            }
        }
        Map<String, Map<String, Entry>> linked = new HashMap<>();
        wanted.forEach(
                (other, ids) -> linked.put(other, ids.isEmpty() ? Map.of() : all(other, ids)));
        return linked;
    }

    private Map<String, Entry> all(String type, List<String> ids) {
        Map<String, Entry> found = ledger.all(type, ids.stream().distinct().toList());
        return found.values().stream()
                .filter(e -> e.removed() == null)
                .collect(Collectors.toMap(Entry::id, e -> e));
    }

    private static List<LedgerType.Field> references(LedgerType type) {
        return type.fields().stream().filter(f -> f.type() == LedgerType.Kind.REFERENCE).toList();
    }

    private Checklist checklist(
            LedgerType type,
            Entry entry,
            Map<String, Map<String, Entry>> linked,
            Mandatory mandatory,
            Map<String, Checklist.Waiver> waived) {
        ConformanceFile.Components where = rules.components();
        List<Entry> needed = mandatory.of(entry.texts(where.kind()));
        Set<String> used = Set.copyOf(entry.texts(where.used()));
        Map<String, Object> facts = new HashMap<>();
        facts.put("entry", known(entry));
        facts.put("fields", fields(type, entry));
        facts.put("links", links(type, entry, linked));
        facts.put("facts", entry.facts());
        facts.put("mandatory", needed.stream().map(Checks::known).toList());
        List<Checklist.Item> items =
                rules.book().ask(facts).stream()
                        .map(v -> item(v, waived.get(v.rule().id())))
                        .toList();
        int count = (int) needed.stream().filter(c -> used.contains(c.id())).count();
        return new Checklist(entry.id(), items, needed.size(), count);
    }

    private static Map<String, Object> known(Entry entry) {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("id", entry.id());
        known.put("code", entry.code());
        known.put("title", entry.title());
        known.put("type", entry.type());
        known.put("state", entry.state());
        known.put("organisation", entry.organisation());
        known.put("standardised", entry.standardised());
        known.put("created", entry.created());
        known.put("updated", entry.updated());
        known.put("fields", entry.fields());
        known.put("facts", entry.facts());
        return known;
    }

    private static Map<String, @Nullable Object> fields(LedgerType type, Entry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (LedgerType.Field field : type.fields()) {
            Object value = entry.fields().get(field.id());
            fields.put(field.id(), value == null && field.several() ? List.of() : value);
        }
        return fields;
    }

    private static Map<String, Object> links(
            LedgerType type, Entry entry, Map<String, Map<String, Entry>> linked) {
        Map<String, Object> links = new LinkedHashMap<>();
        for (LedgerType.Field field : references(type)) {
            Map<String, Entry> others =
                    linked.getOrDefault(String.valueOf(field.ledger()), Map.of());
            List<Map<String, Object>> all = new ArrayList<>();
            for (String id : entry.texts(field.id())) {
                Entry other = others.get(id);
                if (other != null) {
                    all.add(known(other));
                }
            }
            links.put(field.id(), all);
        }
        return links;
    }

    private static Checklist.Item item(
            Verdict<ConformanceRules.Detail> verdict, Checklist.@Nullable Waiver waiver) {
        Rule<ConformanceRules.Detail> rule = verdict.rule();
        ConformanceRules.Detail detail = rule.detail();
        String failure = verdict.failure();
        Words message = null;
        Words mend = null;
        if (failure != null) {
            message = new Words("无法判断：" + failure, "This cannot be told: " + failure);
            mend = ASK;
        } else if (!verdict.value()) {
            message = verdict.filled(detail.message());
            mend = verdict.filled(detail.mend());
        }
        return new Checklist.Item(
                rule.id(),
                rule.name(),
                rule.description(),
                detail.mandatory(),
                outcome(verdict, waiver),
                message,
                mend,
                detail.field(),
                rule.plan(),
                verdict.value() ? null : waiver);
    }

    private static Checklist.Outcome outcome(
            Verdict<ConformanceRules.Detail> verdict, Checklist.@Nullable Waiver waiver) {
        if (verdict.value()) {
            return Checklist.Outcome.PASSED;
        }
        if (waiver != null) {
            return Checklist.Outcome.WAIVED;
        }
        return verdict.failure() == null ? Checklist.Outcome.FAILED : Checklist.Outcome.UNDECIDED;
    }
}

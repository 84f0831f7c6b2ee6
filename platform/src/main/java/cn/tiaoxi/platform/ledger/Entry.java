package cn.tiaoxi.platform.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that exists.
 *
 * @param id identifier
 * @param type its ledger
 * @param code its code, unique within the ledger
 * @param title what people call it
 * @param organisation code of the organisation that it belongs to
 * @param state its state
 * @param fields what people say about it: text, numbers, booleans; dates and codes as text
 * @param facts what the platform knows about it, given by the module that keeps it
 * @param findings what is wrong with it, by the rules of its type
 * @param standardised whether nothing is wrong with it but advice
 * @param version counts its changes
 */
public record Entry(
        String id,
        String type,
        String code,
        String title,
        String organisation,
        String state,
        Map<String, Object> fields,
        Map<String, Object> facts,
        List<Finding> findings,
        boolean standardised,
        long version,
        Instant created,
        Instant updated) {
    public Entry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        findings = List.copyOf(findings);
    }

    /** A field's value as text, or null if it is not filled in. */
    public @Nullable String text(String field) {
        Object value = fields.get(field);
        return value == null ? null : value.toString();
    }

    /** A fact that is a whole number; 0 where it is missing. */
    public long count(String fact) {
        return facts.get(fact) instanceof Number n ? n.longValue() : 0;
    }

    /** A fact as text, or null. */
    public @Nullable String fact(String fact) {
        Object value = facts.get(fact);
        return value == null ? null : value.toString();
    }

    /** How many findings count, advice left out. */
    public int open() {
        return (int) findings.stream().filter(Finding::counts).count();
    }

    /** The findings that hinder a change of state that must be sound. */
    public List<Finding> blocking() {
        return findings.stream().filter(f -> f.severity() == Finding.Severity.BLOCKING).toList();
    }
}

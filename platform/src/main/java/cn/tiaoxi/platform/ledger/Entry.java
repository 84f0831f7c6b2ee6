package cn.tiaoxi.platform.ledger;

import java.time.Instant;
import java.util.Collection;
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
 * @param fields what people say about it, as {@link FieldCheck} keeps it: text, numbers, booleans;
 *     dates, codes and references as text; lists of those; geometries as GeoJSON
 * @param facts what the platform knows about it, given by the module that keeps it
 * @param findings what is wrong with it, by the rules of its type
 * @param standardised whether nothing is wrong with it but advice
 * @param lost weight of the rules that it breaks, advice left out; its share of all the weight is
 *     told by {@link Ledger#score}
 * @param version counts its changes
 * @param typeVersion version of its type when it was last written
 * @param removed when it was removed; null while it is there
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
        int lost,
        long version,
        int typeVersion,
        Instant created,
        Instant updated,
        @Nullable Instant removed) {
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

    /** A field's values as texts: none, one, or those of a field that holds several. */
    public List<String> texts(String field) {
        return switch (fields.get(field)) {
            case null -> List.of();
            case Collection<?> all -> all.stream().map(String::valueOf).toList();
            case Object value -> List.of(value.toString());
        };
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

    /** The entry with these fields, as it shows to somebody who may not see all. */
    public Entry with(Map<String, Object> shown) {
        return with(state, shown, facts);
    }

    Entry with(String newState, Map<String, Object> newFields, Map<String, Object> newFacts) {
        Copy copy = new Copy(this);
        Object newTitle = newFields.get(LedgerType.TITLE);
        copy.title = newTitle == null ? "" : newTitle.toString();
        copy.state = newState;
        copy.fields = newFields;
        copy.facts = newFacts;
        return copy.entry();
    }

    Entry withCode(String given) {
        Copy copy = new Copy(this);
        copy.code = given;
        return copy.entry();
    }

    Entry belongingTo(String newOrganisation) {
        Copy copy = new Copy(this);
        copy.organisation = newOrganisation;
        return copy.entry();
    }

    Entry removedAt(@Nullable Instant time) {
        Copy copy = new Copy(this);
        copy.removed = time;
        return copy.entry();
    }

    Entry atVersion(long newVersion, int newTypeVersion, Instant time) {
        Copy copy = new Copy(this);
        copy.version = newVersion;
        copy.typeVersion = newTypeVersion;
        copy.updated = time;
        return copy.entry();
    }

    Entry inspected(List<Finding> newFindings, int newLost) {
        Copy copy = new Copy(this);
        copy.findings = newFindings;
        copy.standardised = newFindings.stream().noneMatch(Finding::counts);
        copy.lost = newLost;
        return copy.entry();
    }

    /** An entry of which some parts become different. */
    private static final class Copy {
        private final Entry from;
        private String code;
        private String title;
        private String organisation;
        private String state;
        private Map<String, Object> fields;
        private Map<String, Object> facts;
        private List<Finding> findings;
        private boolean standardised;
        private int lost;
        private long version;
        private int typeVersion;
        private Instant updated;
        private @Nullable Instant removed;

        Copy(Entry from) {
            this.from = from;
            code = from.code;
            title = from.title;
            organisation = from.organisation;
            state = from.state;
            fields = from.fields;
            facts = from.facts;
            findings = from.findings;
            standardised = from.standardised;
            lost = from.lost;
            version = from.version;
            typeVersion = from.typeVersion;
            updated = from.updated;
            removed = from.removed;
        }

        Entry entry() {
            return new Entry(
                    from.id,
                    from.type,
                    code,
                    title,
                    organisation,
                    state,
                    fields,
                    facts,
                    findings,
                    standardised,
                    lost,
                    version,
                    typeVersion,
                    from.created,
                    updated,
                    removed);
        }
    }
}

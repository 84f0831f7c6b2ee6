package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of ledger, from {@code ledgers/<id>.yaml}.
 *
 * @param id identifier, the name of its file
 * @param name name of the ledger
 * @param description what stands in it
 * @param managed whether a module keeps it; then entries are not written over the general interface
 * @param identifier pattern of the codes: text with {@code {city}}, {@code {month}} (yyyyMM) and
 *     {@code {sequence:6}}, a number of that many digits counted within the rest
 * @param rules kind of the rules that check its entries, or null
 * @param link page of an entry, with {@code {id}}; null leaves it to the general page
 * @param states states an entry may have
 * @param initial state of a new entry
 * @param transitions how states change
 * @param groups groups of fields, in their order
 * @param fields the fields; one of them is {@code title}
 */
public record LedgerType(
        String id,
        Words name,
        Words description,
        @Nullable Boolean managed,
        String identifier,
        @Nullable String rules,
        @Nullable String link,
        List<State> states,
        String initial,
        List<Transition> transitions,
        List<Group> groups,
        List<Field> fields) {

    /** The field that every type has: what people call an entry. */
    public static final String TITLE = "title";

    public LedgerType {
        states = List.copyOf(states);
        transitions = List.copyOf(transitions);
        groups = List.copyOf(groups);
        fields = List.copyOf(fields);
    }

    /** A state. */
    public record State(String id, Words name) {}

    /**
     * A change of state.
     *
     * @param action what people do, for example {@code publish}
     * @param reason whether a reason must be given
     * @param sound whether it waits until no blocking finding is left
     */
    public record Transition(
            String action,
            Words name,
            List<String> from,
            String to,
            @Nullable Boolean reason,
            @Nullable Boolean sound) {

        /** Whether a reason must be given. */
        public boolean needsReason() {
            return Boolean.TRUE.equals(reason);
        }

        /** Whether it waits until no blocking finding is left. */
        public boolean needsSoundness() {
            return Boolean.TRUE.equals(sound);
        }
    }

    /** A group of fields. */
    public record Group(String id, Words name) {}

    /** What a field may hold. */
    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        CODE,
        ORGANISATION,
        PERSON,
        BOOLEAN
    }

    /** A code and its name. */
    public record Code(String code, Words name) {}

    /**
     * A field.
     *
     * @param required whether an entry lacks something without it
     * @param help how to fill it in
     * @param longest most characters of a text, 200 unless told
     * @param codes the codes of a code field
     * @param list whether lists show it
     */
    public record Field(
            String id,
            Words name,
            Kind type,
            @Nullable Boolean required,
            @Nullable Words help,
            @Nullable String group,
            @Nullable Integer longest,
            @Nullable List<Code> codes,
            @Nullable Boolean list) {
        private static final int LONGEST = 200;

        /** Whether an entry lacks something without it. */
        public boolean needed() {
            return Boolean.TRUE.equals(required);
        }

        /** Whether lists show it. */
        public boolean listed() {
            return Boolean.TRUE.equals(list);
        }

        /** Most characters of a text. */
        public int mostCharacters() {
            return longest == null ? LONGEST : longest;
        }

        /** The codes of a code field; none for others. */
        public List<Code> codeList() {
            return codes == null ? List.of() : codes;
        }
    }

    /** Whether a module keeps it. */
    public boolean isManaged() {
        return Boolean.TRUE.equals(managed);
    }

    /** A field by its identifier. */
    public Optional<Field> field(String fieldId) {
        return fields.stream().filter(f -> f.id().equals(fieldId)).findFirst();
    }

    /** A change of state by what people do. */
    public Optional<Transition> transition(String action) {
        return transitions.stream().filter(t -> t.action().equals(action)).findFirst();
    }

    /** The name of a state. */
    public String stateName(String state) {
        return states.stream()
                .filter(s -> s.id().equals(state))
                .findFirst()
                .map(s -> s.name().shown())
                .orElse(state);
    }
}

package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A type of ledger, from {@code ledgers/<id>.yaml}. {@code docs/reference/ledger-types.md} explains
 * each key to those who write the files.
 *
 * @param id identifier, the name of its file
 * @param name name of the ledger
 * @param description what stands in it
 * @param category heading under which the ledger is listed, or null
 * @param managed whether a module keeps it; then entries are not written over the general interface
 * @param identifier pattern of the codes: text with {@code {city}}, {@code {month}} (yyyyMM) and
 *     {@code {sequence:6}}, a number of that many digits counted within the rest
 * @param link page of an entry, with {@code {id}}; null leaves it to the general page
 * @param unique lists of fields; no two entries that count have the same values in one of them
 * @param parent reference to the same ledger that makes a tree, or null
 * @param access permissions of the ledger as a whole, or null for the usual ones
 * @param states states an entry may have
 * @param initial state of a new entry
 * @param transitions how states change
 * @param groups groups of fields, in their order
 * @param fields the fields; one of them is {@code title}
 * @param rules what a standardised entry holds
 * @param duplicates what the check for duplicates compares; empty leaves the type out
 */
public record LedgerType(
        String id,
        Words name,
        Words description,
        @Nullable Words category,
        @Nullable Boolean managed,
        String identifier,
        @Nullable String link,
        List<List<String>> unique,
        @Nullable String parent,
        @Nullable Permissions access,
        List<State> states,
        String initial,
        List<Transition> transitions,
        List<Group> groups,
        List<Field> fields,
        List<Rule.Entry> rules,
        List<Compared> duplicates) {

    /** The field that every type has: what people call an entry. */
    public static final String TITLE = "title";

    /** Stands for the entry's own organisation where fields are named. */
    public static final String ORGANISATION = "organisation";

    public LedgerType {
        unique = copy(unique);
        states = copy(states);
        transitions = copy(transitions);
        groups = copy(groups);
        fields = copy(fields);
        rules = copy(rules);
        duplicates = copy(duplicates);
    }

    private static <T> List<T> copy(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /**
     * Permissions of a ledger.
     *
     * @param read who sees it; {@code ledger:read} unless told
     * @param write who changes it; {@code ledger:write} unless told
     */
    public record Permissions(@Nullable String read, @Nullable String write) {}

    /**
     * A state.
     *
     * @param ended whether the entry is over: it does not count for rates, uniqueness and
     *     duplicates
     */
    public record State(String id, Words name, @Nullable Boolean ended) {
        /** Whether the entry is over. */
        public boolean isEnd() {
            return Boolean.TRUE.equals(ended);
        }
    }

    /**
     * A change of state.
     *
     * @param action what people do, for example {@code publish}
     * @param reason whether a reason must be given
     * @param sound whether it waits until no blocking finding is left
     * @param permission who may; the type's write permission unless told
     * @param gate a {@link Gate} that must be open, or null
     */
    public record Transition(
            String action,
            Words name,
            List<String> from,
            String to,
            @Nullable Boolean reason,
            @Nullable Boolean sound,
            @Nullable String permission,
            @Nullable String gate) {
        public Transition {
            from = copy(from);
        }

        /** Whether a reason must be given. */
        public boolean needsReason() {
            return Boolean.TRUE.equals(reason);
        }

        /** Whether it waits until no blocking finding is left. */
        public boolean needsSoundness() {
            return Boolean.TRUE.equals(sound);
        }
    }

    /** A group of fields, with a line of help or null. */
    public record Group(String id, Words name, @Nullable Words help) {}

    /** What a field may hold. */
    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        BOOLEAN,
        CODE,
        /** A division's code, GB/T 2260. */
        DIVISION,
        /** Code of an organisation. */
        ORGANISATION,
        /** User name of a person. */
        PERSON,
        /** Identifier of an entry of another ledger. */
        REFERENCE,
        /** Identifier of a file. */
        FILE,
        /** A point, line or area in longitude and latitude, as GeoJSON (RFC 7946). */
        GEOMETRY
    }

    /** A code and its name. */
    public record Code(String code, Words name) {}

    /** A field is there only if another one has one of these values. */
    public record Condition(String field, List<String> in) {
        public Condition {
            in = copy(in);
        }
    }

    /** A field that is compared, and how much it counts. */
    public record Compared(String field, int weight) {}

    /**
     * A field.
     *
     * @param required whether an entry lacks something without it
     * @param help how to fill it in
     * @param longest most characters of a text, 200 unless told
     * @param pattern regular expression (RE2) that a whole text must match
     * @param patternHelp what the pattern asks for, in words
     * @param check built-in check of a text
     * @param least smallest number
     * @param most largest number
     * @param decimals most digits after the point
     * @param unit unit of a number
     * @param codes the codes of a code field
     * @param codeList a list of {@code codes.yaml} instead
     * @param many whether it holds several values
     * @param ledger ledger of the entries that a reference names
     * @param back name of a reference seen from its other end
     * @param accept endings of files
     * @param list whether lists show it
     * @param filter whether lists are filtered by it
     * @param search whether its text is searched; yes unless told
     * @param when when the field is there; always unless told
     * @param read permission that seeing it needs besides the ledger's
     * @param write permission that writing it needs besides the ledger's; that of reading unless
     *     told
     */
    public record Field(
            String id,
            Words name,
            Kind type,
            @Nullable Boolean required,
            @Nullable Words help,
            @Nullable String group,
            @Nullable Integer longest,
            @Nullable String pattern,
            @Nullable Words patternHelp,
            @Nullable TextCheck check,
            @Nullable Double least,
            @Nullable Double most,
            @Nullable Integer decimals,
            @Nullable Words unit,
            @Nullable List<Code> codes,
            @Nullable String codeList,
            @Nullable Boolean many,
            @Nullable String ledger,
            @Nullable Words back,
            @Nullable List<String> accept,
            @Nullable Boolean list,
            @Nullable Boolean filter,
            @Nullable Boolean search,
            @Nullable Condition when,
            @Nullable String read,
            @Nullable String write) {
        private static final int LONGEST = 200;

        /** Whether an entry lacks something without it. */
        public boolean needed() {
            return Boolean.TRUE.equals(required);
        }

        /** Whether lists show it. */
        public boolean listed() {
            return Boolean.TRUE.equals(list);
        }

        /** Whether lists are filtered by it. */
        public boolean filtered() {
            return Boolean.TRUE.equals(filter);
        }

        /** Whether it holds several values. */
        public boolean several() {
            return Boolean.TRUE.equals(many);
        }

        /** Whether its text is searched. */
        public boolean searched() {
            return !Boolean.FALSE.equals(search) && read == null;
        }

        /** Most characters of a text. */
        public int mostCharacters() {
            return longest == null ? LONGEST : longest;
        }

        /** The codes of a code field; none for others. */
        public List<Code> allCodes() {
            return codes == null ? List.of() : codes;
        }

        /** The name of a code, or the code itself if it is not one of the field's. */
        public String codeName(String code) {
            return allCodes().stream()
                    .filter(c -> c.code().equals(code))
                    .findFirst()
                    .map(c -> c.name().shown())
                    .orElse(code);
        }

        /** The same field with the codes of its shared list. */
        Field withCodes(List<Code> shared) {
            return new Field(
                    id,
                    name,
                    type,
                    required,
                    help,
                    group,
                    longest,
                    pattern,
                    patternHelp,
                    check,
                    least,
                    most,
                    decimals,
                    unit,
                    shared,
                    codeList,
                    many,
                    ledger,
                    back,
                    accept,
                    list,
                    filter,
                    search,
                    when,
                    read,
                    write);
        }

        /** The permission that writing it needs besides the ledger's, or null. */
        public @Nullable String writePermission() {
            return write == null ? read : write;
        }

        /** Whether an entry with these values has the field. */
        public boolean present(Map<String, ?> values) {
            if (when == null) {
                return true;
            }
            Object value = values.get(when.field());
            if (value instanceof Iterable<?> all) {
                for (Object each : all) {
                    if (when.in().contains(String.valueOf(each))) {
                        return true;
                    }
                }
                return false;
            }
            return value != null && when.in().contains(value.toString());
        }
    }

    /** The same type with other fields. */
    LedgerType withFields(List<Field> others) {
        return new LedgerType(
                id,
                name,
                description,
                category,
                managed,
                identifier,
                link,
                unique,
                parent,
                access,
                states,
                initial,
                transitions,
                groups,
                others,
                rules,
                duplicates);
    }

    /** What all rules weigh together, advice left out. */
    int weight() {
        int weight = 0;
        for (Rule.Entry rule : rules) {
            JsonNode detail = rule.detail();
            boolean advice =
                    detail != null
                            && detail.path("severity")
                                    .asString("")
                                    .equals(Finding.Severity.ADVICE.name());
            weight += advice ? 0 : rule.counted();
        }
        return weight;
    }

    /** Whether a module keeps it. */
    public boolean isManaged() {
        return Boolean.TRUE.equals(managed);
    }

    /** The permission to see entries. */
    public String readPermission() {
        return access == null || access.read() == null ? "ledger:read" : access.read();
    }

    /** The permission to change entries. */
    public String writePermission() {
        return access == null || access.write() == null ? "ledger:write" : access.write();
    }

    /** A field by its identifier. */
    public Optional<Field> field(String fieldId) {
        for (Field field : fields) {
            if (field.id().equals(fieldId)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** A change of state by what people do. */
    public Optional<Transition> transition(String action) {
        return transitions.stream().filter(t -> t.action().equals(action)).findFirst();
    }

    /** A state by its identifier. */
    public Optional<State> state(String stateId) {
        return states.stream().filter(s -> s.id().equals(stateId)).findFirst();
    }

    /** The name of a state. */
    public String stateName(String stateId) {
        return state(stateId).map(s -> s.name().shown()).orElse(stateId);
    }

    /** Whether an entry in that state still counts. */
    public boolean counts(String stateId) {
        return state(stateId).map(s -> !s.isEnd()).orElse(true);
    }
}

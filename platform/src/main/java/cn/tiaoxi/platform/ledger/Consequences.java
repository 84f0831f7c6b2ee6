package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a new version of a type does to the entries that there are.
 *
 * @param entries how many entries the ledger has
 * @param looked how many of them were looked at, the newest first
 * @param lostFields fields that go although entries have values in them, and how many
 * @param lostStates states that go although entries are in them, and how many
 * @param invalid how many entries have values that the new version would refuse
 * @param examples some of those
 * @param standardisedBefore how many are standardised now
 * @param standardisedAfter how many would be
 */
public record Consequences(
        long entries,
        long looked,
        Map<String, Long> lostFields,
        Map<String, Long> lostStates,
        long invalid,
        List<Example> examples,
        long standardisedBefore,
        long standardisedAfter) {
    private static final int MOST_EXAMPLES = 10;

    /** An entry that has a wrong value then. */
    public record Example(String id, String code, String title, FieldError error) {}

    public Consequences {
        lostFields = Map.copyOf(lostFields);
        lostStates = Map.copyOf(lostStates);
        examples = List.copyOf(examples);
    }

    static final Consequences NONE = new Consequences(0, 0, Map.of(), Map.of(), 0, List.of(), 0, 0);

    /** Whether nothing is lost and no value refused. */
    public boolean harmless() {
        return lostFields.isEmpty() && lostStates.isEmpty() && invalid == 0;
    }

    /** Counts consequences entry by entry. */
    static final class Tally {
        private final ActiveType after;
        private final Map<String, Long> lostFields = new TreeMap<>();
        private final Map<String, Long> lostStates = new TreeMap<>();
        private final List<Example> examples = new ArrayList<>();
        private long looked;
        private long invalid;
        private long before;
        private long then;

        Tally(ActiveType after) {
            this.after = after;
        }

        /**
         * @param errors what the new version says about the values of the fields that it has
         * @param inspected the entry as the new rules find it
         */
        void add(Entry entry, List<FieldError> errors, Entry inspected) {
            looked++;
            for (String field : entry.fields().keySet()) {
                if (after.field(field) == null) {
                    lostFields.merge(field, 1L, Long::sum);
                }
            }
            if (after.type().state(entry.state()).isEmpty()) {
                lostStates.merge(entry.state(), 1L, Long::sum);
            }
            if (!errors.isEmpty()) {
                invalid++;
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(
                            new Example(
                                    entry.id(), entry.code(), entry.title(), errors.getFirst()));
                }
            }
            before += entry.standardised() ? 1 : 0;
            then += inspected.standardised() ? 1 : 0;
        }

        /** The fields of an entry that the new version has. */
        Map<String, Object> kept(Entry entry) {
            Map<String, Object> kept = new LinkedHashMap<>(entry.fields());
            kept.keySet().removeIf(f -> after.field(f) == null);
            return kept;
        }

        Consequences sum(long entries) {
            return new Consequences(
                    entries, looked, lostFields, lostStates, invalid, examples, before, then);
        }
    }
}

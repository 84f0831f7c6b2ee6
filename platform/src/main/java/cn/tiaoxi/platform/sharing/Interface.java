package cn.tiaoxi.platform.sharing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lookup over a dataset, on the gateway.
 *
 * @param id short identifier, part of the path on the gateway
 * @param name title for people
 * @param dataset identifier of the dataset it serves
 * @param organisation code of the owner's organisation
 * @param keys fields a caller may query by
 * @param fields fields that can be granted, keys included
 * @param pageLimit most rows in one answer
 * @param generation counts the materialisations asked for
 * @param table the table that is served, or null before the first is made
 * @param rows how many rows are served
 * @param error why the last materialisation failed, or null
 */
public record Interface(
        String id,
        String name,
        String dataset,
        String datasetTitle,
        String organisation,
        List<String> keys,
        List<ServedField> fields,
        int pageLimit,
        State state,
        int generation,
        @Nullable String table,
        long rows,
        @Nullable String error,
        Instant published,
        String publishedBy,
        String publishedByName,
        long version) {

    /** Where an interface stands. */
    public enum State {
        MATERIALISING,
        LIVE,
        WITHDRAWN,
        FAILED
    }

    public Interface {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
    }

    /** Whether callers get answers now: while a new table is made, the one before is served. */
    public boolean isServed() {
        return table != null && state != State.WITHDRAWN;
    }

    /** The fields of those names, in the interface's order. */
    public List<ServedField> fields(java.util.Collection<String> names) {
        return fields.stream().filter(f -> names.contains(f.name())).toList();
    }

    /** Name of the table of the generation asked for now. */
    String nextTable() {
        return "t_" + id.replace('-', '_') + "_" + generation;
    }
}

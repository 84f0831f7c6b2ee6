package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface on the gateway: a lookup over a dataset, or a department's own HTTP service.
 *
 * @param id short identifier, part of the path on the gateway
 * @param name title for people
 * @param dataset identifier of the dataset it serves, empty for a service that stands for itself
 * @param datasetTitle its title, or the service's name
 * @param organisation code of the owner's organisation
 * @param keys fields a caller may query by; parameters of a service
 * @param fields fields that can be granted, keys included
 * @param pageLimit most rows in one answer
 * @param generation counts the materialisations asked for
 * @param table the table that is served, or null before the first is made
 * @param rows how many rows are served
 * @param error why the last materialisation failed, or null
 * @param upstream the service that answers, or null for a lookup
 * @param ownSharing how a service that stands for itself is shared, or null
 * @param ranges keys of which callers may ask for a range
 * @param exports what of it may be made into files, or null
 * @param subject whom or what its rows are about, or null before that is known
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
        long version,
        @Nullable HttpUpstream upstream,
        @Nullable String ownSharing,
        List<String> ranges,
        @Nullable ExportRule exports,
        @Nullable Subject subject) {

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
        ranges = List.copyOf(ranges);
    }

    /** The same, registered by somebody at a time. */
    Interface by(String username, String fullName, Instant now) {
        return new Interface(
                id,
                name,
                dataset,
                datasetTitle,
                organisation,
                keys,
                fields,
                pageLimit,
                state,
                generation,
                table,
                rows,
                error,
                now,
                username,
                fullName,
                version,
                upstream,
                ownSharing,
                ranges,
                exports,
                subject);
    }

    /** Whether a department's service answers, not a table. */
    public boolean isService() {
        return upstream != null;
    }

    /** Whether callers get answers now: while a new table is made, the one before is served. */
    public boolean isServed() {
        return (table != null || isService()) && state != State.WITHDRAWN;
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

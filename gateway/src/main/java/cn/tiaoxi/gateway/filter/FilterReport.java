package cn.tiaoxi.gateway.filter;

import java.util.Map;

/**
 * What a filter has cut so far. Names are the upstream's and may hold anything.
 *
 * @param records records that began, kept or not: objects in the records' place, rows of a table
 * @param withheld values removed that the schema knows and the grant does not cover
 * @param overReturned values removed that the schema does not know, or that stand where it has
 *     objects
 * @param names how often each was over-returned, by JSON pointer from the body with arrays not
 *     counted, or by a table's column: the first 64 names, each cut to 100 bytes
 */
public record FilterReport(
        long records, long withheld, long overReturned, Map<String, Long> names) {
    public FilterReport {
        names = Map.copyOf(names);
    }
}

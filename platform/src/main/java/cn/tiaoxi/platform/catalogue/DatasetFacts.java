package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.kind.Kind;
import cn.tiaoxi.lake.kind.Kinds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the platform knows about a dataset, as its entry holds it for rules and lists.
 *
 * @param rows rows of the table
 * @param rejected rows that the newest load handed back
 * @param loaded when that was
 */
record DatasetFacts(long rows, long rejected, @Nullable Instant loaded) {

    static DatasetFacts of(Dataset dataset) {
        String loaded = dataset.entry().fact("loaded");
        return new DatasetFacts(
                dataset.entry().count("rows"),
                dataset.entry().count("rejected"),
                loaded == null ? null : Instant.parse(loaded));
    }

    Map<String, Object> asMap(List<DatasetColumn> columns, Kinds kinds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rows", rows);
        facts.put("rejected", rejected);
        if (loaded != null) {
            facts.put("loaded", loaded.toString());
        }
        columns.stream()
                .map(DatasetColumn::confirmedGrade)
                .filter(Objects::nonNull)
                .max(Grade::compareTo)
                .ifPresent(g -> facts.put("grade", g.name()));
        facts.put("columns", columns.stream().map(c -> column(c, kinds)).toList());
        return facts;
    }

    private static Map<String, Object> column(DatasetColumn column, Kinds kinds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", column.name());
        facts.put("label", column.label());
        facts.put("described", column.given().description() != null);
        facts.put("failures", column.checkFailures());
        facts.put("confirmed", column.isConfirmed());
        put(facts, "element", column.given().element());
        Grade grade = column.given().grade();
        put(facts, "grade", grade == null ? null : grade.name());
        put(facts, "kind", column.kind());
        kinds.all().stream()
                .filter(k -> k.id().equals(column.kind()))
                .map(Kind::grade)
                .findFirst()
                .ifPresent(g -> facts.put("floor", g.name()));
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}

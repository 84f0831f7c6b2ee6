package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.ExportOrder.Wanted;
import cn.tiaoxi.gateway.KeyCondition.Match;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How far the rows of a file have been asked for, and their lines. Rows come in load order, or in
 * that of the key whose range was asked for; of several values of a key one value after the other,
 * so that each portion is a stretch of an index. For one thread.
 */
final class ExportRows {
    private final Export export;
    private final ExportTerms terms;
    private final @Nullable RowSubjects subjects;
    private final @Nullable RowMarks marks;
    private final List<Query> parts;
    private int part;
    private long after = Long.MIN_VALUE;
    private long found;
    private long count;

    ExportRows(Export export, Wanted wanted, ExportTerms terms) {
        this.export = export;
        this.terms = terms;
        this.subjects = terms.served().subjects();
        this.marks = RowMarks.of(export, terms);
        this.parts = parts(wanted.query(terms.served(), terms.grant()));
    }

    private static List<Query> parts(Query query) {
        for (int i = 0; i < query.keys().size(); i++) {
            KeyCondition several = query.keys().get(i);
            if (several.match() == Match.ANY) {
                int place = i;
                return several.values()
                        .map(
                                value -> {
                                    List<KeyCondition> keys = new ArrayList<>(query.keys());
                                    keys.set(
                                            place,
                                            new KeyCondition(several.key(), Match.EQUAL, value));
                                    return with(query, keys, Long.MIN_VALUE, 1);
                                })
                        .toList();
            }
        }
        return List.of(query);
    }

    private static Query with(Query query, List<KeyCondition> keys, long after, int limit) {
        return new Query(query.served(), query.fields(), keys, after, limit);
    }

    /** Whether the interface still serves the table that the rows are of. */
    boolean areOf(ServedInterface served) {
        return served.tableMark() == terms.served().tableMark();
    }

    boolean hasNext() {
        return part < parts.size();
    }

    /** Rows of the file so far, invented ones among them. */
    long count() {
        return count;
    }

    /**
     * Whom the rows are about, since it was last cleared; null where the trace keeps no digests.
     */
    @Nullable RowSubjects subjects() {
        return subjects;
    }

    /** What marks the rows; null for nothing. */
    @Nullable RowMarks marks() {
        return marks;
    }

    /** What to ask the database next. */
    Query query(int limit) {
        Query query = parts.get(part);
        return with(query, query.keys(), after, limit);
    }

    /** What stands before the first row. */
    byte[] head() {
        StringBuilder text = new StringBuilder();
        if (export.format() == Export.Format.CSV) {
            RowText.csvHead(text, export.fields());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The lines of what was found for {@link #query}.
     *
     * @throws RefusedException EXPORT_TOO_LARGE
     */
    byte[] lines(RowSet<Row> portion, int limit) {
        List<Row> rows = new ArrayList<>(limit);
        for (Row row : portion) {
            if (rows.size() == limit) {
                break;
            }
            rows.add(row);
        }
        if (rows.size() < portion.size()) {
            after = rows.getLast().getLong(0);
        } else {
            part++;
            after = Long.MIN_VALUE;
        }
        found += rows.size();
        long most = terms.rule().mostRows();
        if (found > most) {
            throw new RefusedException(Refusal.EXPORT_TOO_LARGE, Long.toString(most));
        }
        List<ExportLine> lines = rows.stream().map(this::line).toList();
        if (marks != null) {
            lines = marks.mark(lines);
        }
        count += lines.size();
        if (subjects != null) {
            lines.forEach(line -> subjects.add(line.subject()));
        }
        return written(lines);
    }

    private ExportLine line(Row row) {
        Object subject = subjects == null ? null : row.getValue(export.fields().size() + 1);
        return new ExportLine(i -> row.getValue(i + 1), subject, false);
    }

    private byte[] written(List<ExportLine> rows) {
        Map<String, Mask> masks = terms.grant().masks();
        return switch (export.format()) {
            case CSV -> {
                StringBuilder text = new StringBuilder(1 << 14);
                rows.forEach(row -> RowText.csv(text, row.values(), export.fields(), masks));
                yield text.toString().getBytes(StandardCharsets.UTF_8);
            }
            case NDJSON -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
                for (ExportLine row : rows) {
                    try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
                        RowText.json(json, row.values(), export.fields(), masks);
                    }
                    bytes.write('\n');
                }
                yield bytes.toByteArray();
            }
        };
    }
}

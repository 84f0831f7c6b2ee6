package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.Wire;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The rows of an answer, masked and encoded.
 *
 * @param body the answer's JSON
 * @param rows how many rows it has
 * @param rowNumbers which rows, as ranges: {@code 4,7-9}
 * @param subjects whom they are about, or null where the trace keeps nothing of it
 */
record Page(byte[] body, int rows, String rowNumbers, @Nullable RowSubjects subjects) {
    /** A page ends early beyond this many bytes, so that memory is bounded. */
    private static final int MOST_BYTES = 4 << 20;

    /** Encodes what the database found for a query. */
    static Page of(RowSet<Row> found, Query query, Grant grant, String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        RowRanges ranges = new RowRanges();
        RowSubjects subjects = query.served().subjects();
        int count;
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("requestId", requestId);
            json.writeStringProperty("interface", query.served().id());
            json.writeStringProperty("grant", grant.id());
            json.writeName("rows");
            count = writeRows(json, bytes, found, query, grant, ranges, subjects);
            json.writeNumberProperty("count", count);
            if (count < found.size()) {
                json.writeStringProperty("next", Cursor.after(query.served(), ranges.last()));
            } else {
                json.writeNullProperty("next");
            }
            json.writeEndObject();
        }
        return new Page(bytes.toByteArray(), count, ranges.toString(), subjects);
    }

    /**
     * Rows alone.
     *
     * @param json an array
     * @param next where to go on, or null after the last
     * @param numbers which rows, as ranges
     * @param subjects whom they are about, or null
     */
    record Rows(
            byte[] json,
            int count,
            @Nullable String next,
            String numbers,
            @Nullable RowSubjects subjects) {
        static Rows of(RowSet<Row> found, Query query, Grant grant) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            RowRanges ranges = new RowRanges();
            RowSubjects subjects = query.served().subjects();
            int count;
            try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
                count = writeRows(json, bytes, found, query, grant, ranges, subjects);
            }
            String next = count < found.size() ? Cursor.after(query.served(), ranges.last()) : null;
            return new Rows(bytes.toByteArray(), count, next, ranges.toString(), subjects);
        }
    }

    private static int writeRows(
            JsonGenerator json,
            ByteArrayOutputStream bytes,
            RowSet<Row> found,
            Query query,
            Grant grant,
            RowRanges ranges,
            @Nullable RowSubjects subjects) {
        int count = 0;
        json.writeStartArray();
        for (Row row : found) {
            if (count == query.limit() || bytes.size() > MOST_BYTES) {
                break;
            }
            RowText.json(json, i -> row.getValue(i + 1), query.fields(), grant.masks());
            ranges.add(row.getLong(0));
            if (subjects != null) {
                subjects.add(row.getValue(query.fields().size() + 1));
            }
            count++;
        }
        json.writeEndArray();
        return count;
    }
}

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
 */
record Page(byte[] body, int rows, String rowNumbers) {
    /** A page ends early beyond this many bytes, so that memory is bounded. */
    private static final int MOST_BYTES = 4 << 20;

    /** Encodes what the database found for a query. */
    static Page of(RowSet<Row> found, Query query, Grant grant, String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        RowRanges ranges = new RowRanges();
        int count;
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("requestId", requestId);
            json.writeStringProperty("interface", query.served().id());
            json.writeStringProperty("grant", grant.id());
            json.writeName("rows");
            count = writeRows(json, bytes, found, query, grant, ranges);
            json.writeNumberProperty("count", count);
            if (count < found.size()) {
                json.writeStringProperty("next", Cursor.after(query.served(), ranges.last()));
            } else {
                json.writeNullProperty("next");
            }
            json.writeEndObject();
        }
        return new Page(bytes.toByteArray(), count, ranges.toString());
    }

    /**
     * Rows alone.
     *
     * @param json an array
     * @param next where to go on, or null after the last
     * @param numbers which rows, as ranges
     */
    record Rows(byte[] json, int count, @Nullable String next, String numbers) {
        static Rows of(RowSet<Row> found, Query query, Grant grant) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            RowRanges ranges = new RowRanges();
            int count;
            try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
                count = writeRows(json, bytes, found, query, grant, ranges);
            }
            String next = count < found.size() ? Cursor.after(query.served(), ranges.last()) : null;
            return new Rows(bytes.toByteArray(), count, next, ranges.toString());
        }
    }

    private static int writeRows(
            JsonGenerator json,
            ByteArrayOutputStream bytes,
            RowSet<Row> found,
            Query query,
            Grant grant,
            RowRanges ranges) {
        int count = 0;
        json.writeStartArray();
        for (Row row : found) {
            if (count == query.limit() || bytes.size() > MOST_BYTES) {
                break;
            }
            RowText.json(json, row, query.fields(), grant.masks());
            ranges.add(row.getLong(0));
            count++;
        }
        json.writeEndArray();
        return count;
    }
}

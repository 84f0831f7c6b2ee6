package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Records on their way from the database into the log. */
@Repository
class OutboxStore {
    private final JdbcClient database;

    OutboxStore(JdbcClient database) {
        this.database = database;
    }

    /** A committed record without a place in the log. */
    record Waiting(long id, String record, String leaf) {}

    void add(TraceRecord record, @Nullable Payload payload) {
        database.sql(
                        """
                        INSERT INTO evidence.change
                               (record, time, actor, organisation, action, object, outcome, leaf)
                        VALUES (:record::uuid, :time, :actor, :organisation, :action, :object,
                                :outcome, :leaf)
                        """)
                .param("record", record.id())
                .param("time", record.time().atOffset(ZoneOffset.UTC))
                .param("actor", record.actor())
                .param("organisation", record.organisation())
                .param("action", record.action())
                .param("object", record.object())
                .param("outcome", record.outcome())
                .param("leaf", new String(record.toBytes(), StandardCharsets.UTF_8))
                .update();
        if (payload != null) {
            database.sql(
                            """
                            INSERT INTO evidence.payload (record, salt, content)
                            VALUES (:record::uuid, :salt, :content)
                            """)
                    .param("record", record.id())
                    .param("salt", payload.salt())
                    .param("content", payload.content())
                    .update();
        }
    }

    List<Waiting> waiting(int most) {
        return database.sql(
                        """
                        SELECT id, record, leaf FROM evidence.change
                         WHERE log_index IS NULL ORDER BY id LIMIT :most
                        """)
                .param("most", most)
                .query(
                        (row, n) ->
                                new Waiting(
                                        row.getLong("id"),
                                        row.getString("record"),
                                        row.getString("leaf")))
                .list();
    }

    /** Notes the places that rows got, by row id; all or none. */
    void mark(Map<Long, Long> places) {
        if (places.isEmpty()) {
            return;
        }
        database.sql(
                        """
                        UPDATE evidence.change c SET log_index = p.place
                          FROM unnest(:ids::bigint[], :places::bigint[]) AS p (id, place)
                         WHERE c.id = p.id
                        """)
                .param("ids", places.keySet().toArray(Long[]::new))
                .param("places", places.values().toArray(Long[]::new))
                .update();
    }
}

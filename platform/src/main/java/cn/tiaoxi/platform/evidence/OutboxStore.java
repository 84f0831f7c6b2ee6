package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Records on their way from the database into the log. */
@Repository
class OutboxStore {
    private final JdbcClient database;

    OutboxStore(JdbcClient database) {
        this.database = database;
    }

    void add(TraceRecord record) {
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
    }
}

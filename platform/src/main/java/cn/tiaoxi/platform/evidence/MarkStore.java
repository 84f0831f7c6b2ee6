package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;

/** What stands out in the gateways' records, in the database. */
@Repository
class MarkStore {
    private final NamedParameterJdbcTemplate batches;

    MarkStore(NamedParameterJdbcTemplate batches) {
        this.batches = batches;
    }

    /** Notes what stands out in records, in the transaction that takes them over. */
    void add(String origin, List<LogStore.Call> records) {
        List<SqlParameterSource> rows = new ArrayList<>();
        for (LogStore.Call each : records) {
            TraceRecord record = each.record();
            Map<String, String> detail = record.detail();
            if (record.kind() == TraceRecord.Kind.FINDING) {
                rows.add(row(origin, each, record.outcome(), number(detail.get("amount"))));
                continue;
            }
            if (detail.containsKey("weak")) {
                rows.add(row(origin, each, "WEAK", 1));
            }
            long over = number(detail.get("overReturned"));
            if (over > 0) {
                rows.add(row(origin, each, "OVER_RETURN", over));
            }
        }
        if (!rows.isEmpty()) {
            write(rows);
        }
    }

    private void write(List<SqlParameterSource> rows) {
        batches.batchUpdate(
                """
                INSERT INTO evidence.mark
                VALUES (:origin, :index, :name, :record::uuid, :time, :application, :organisation,
                        :interface, :owner, :grant, :key, :request, :amount)
                    ON CONFLICT DO NOTHING
                """,
                rows.toArray(SqlParameterSource[]::new));
    }

    private static SqlParameterSource row(
            String origin, LogStore.Call each, String name, long amount) {
        TraceRecord record = each.record();
        Map<String, String> detail = record.detail();
        return new MapSqlParameterSource()
                .addValue("origin", origin)
                .addValue("index", each.index())
                .addValue("name", name)
                .addValue("record", record.id())
                .addValue("time", record.time().atOffset(ZoneOffset.UTC))
                .addValue("application", record.actor())
                .addValue("organisation", record.organisation())
                .addValue("interface", record.object().replaceFirst("^interface:", ""))
                .addValue("owner", detail.getOrDefault("owner", ""))
                .addValue("grant", detail.getOrDefault("grant", ""))
                .addValue("key", detail.getOrDefault("keyId", ""))
                .addValue("request", detail.getOrDefault("requestId", ""))
                .addValue("amount", amount);
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

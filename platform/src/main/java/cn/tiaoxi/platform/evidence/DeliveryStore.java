package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.SubjectDigests;
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

/** Whose rows were delivered, in the database. */
@Repository
class DeliveryStore {
    private static final int DIGEST_BYTES = SubjectDigests.BITS / Byte.SIZE;

    private final NamedParameterJdbcTemplate batches;

    DeliveryStore(NamedParameterJdbcTemplate batches) {
        this.batches = batches;
    }

    /**
     * Takes over the digests that records hold, in the transaction that takes over the records. A
     * part of a file learns from the order's call what the order was for; an answer that broke off
     * counts as far as it came; when a file is made, parts of earlier attempts, which nobody can
     * have got, are dropped.
     */
    void add(String origin, List<LogStore.Call> records) {
        List<SqlParameterSource> rows = new ArrayList<>();
        List<SqlParameterSource> made = new ArrayList<>();
        for (LogStore.Call each : records) {
            TraceRecord record = each.record();
            String subjects = record.detail("subjects");
            boolean given =
                    record.outcome().equals("OK") || record.action().equals(TraceRecord.CALL_END);
            if (subjects != null && given) {
                rows.add(row(origin, each, subjects));
            }
            if (record.action().equals(TraceRecord.EXPORT_END)) {
                made.add(
                        new MapSqlParameterSource("export", record.detail("export"))
                                .addValue("attempt", number(record.detail("attempt"))));
            }
        }
        if (!rows.isEmpty()) {
            write(rows);
        }
        if (!made.isEmpty()) {
            batches.batchUpdate(
                    "DELETE FROM evidence.delivery WHERE export = :export AND attempt <> :attempt",
                    made.toArray(SqlParameterSource[]::new));
        }
    }

    /**
     * Numbers rise in the order in which they can be read, also where several platforms write: the
     * index goes on behind the highest that it has seen.
     */
    private void write(List<SqlParameterSource> rows) {
        batches.getJdbcOperations()
                .execute("SELECT pg_advisory_xact_lock(hashtext('evidence.delivery'))");
        batches.batchUpdate(
                """
                INSERT INTO evidence.delivery
                       (record, origin, log_index, request, export, attempt, time, application,
                        organisation, interface, dataset, owner, sharing_grant, purpose, matter,
                        fields, key, kind, subjects, subjectless, digests, marks, portions,
                        canaries)
                SELECT :record::uuid, :origin, :index, :request, :export, :attempt, :time,
                       :application, :organisation, :interface, coalesce(c.dataset, ''),
                       coalesce(c.owner, ''), :grant, coalesce(c.purpose, ''),
                       coalesce(c.matter, ''), coalesce(c.fields, '{}'), :key, :kind, :subjects,
                       :subjectless, :digests, string_to_array(:marks, ' '),
                       string_to_array(:portions, ',')::integer[], :canaries
                  FROM (SELECT) AS one
                  LEFT JOIN evidence.call c ON c.request = :request AND c.origin = :origin
                    ON CONFLICT (record) DO NOTHING
                """,
                rows.toArray(SqlParameterSource[]::new));
    }

    private static SqlParameterSource row(String origin, LogStore.Call each, String subjects) {
        TraceRecord record = each.record();
        Map<String, String> detail = record.detail();
        String[] parts = subjects.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Digests of subjects have a key and a kind");
        }
        byte[] digests = SubjectDigests.bytes(parts[2]);
        boolean part = record.action().equals(TraceRecord.SUBJECTS);
        return new MapSqlParameterSource()
                .addValue("record", record.id())
                .addValue("origin", origin)
                .addValue("index", each.index())
                .addValue("request", detail.getOrDefault("requestId", ""))
                .addValue("export", part ? detail.getOrDefault("export", "") : "")
                .addValue("attempt", number(detail.get("attempt")))
                .addValue("time", record.time().atOffset(ZoneOffset.UTC))
                .addValue("application", record.actor())
                .addValue("organisation", record.organisation())
                .addValue("interface", record.object().replaceFirst("^interface:", ""))
                .addValue("grant", detail.getOrDefault("grant", ""))
                .addValue("key", parts[0])
                .addValue("kind", parts[1])
                .addValue("subjects", digests.length / DIGEST_BYTES)
                .addValue("subjectless", number(detail.get("subjectless")))
                .addValue("digests", digests)
                .addValue("marks", detail.getOrDefault("marks", ""))
                .addValue("portions", detail.getOrDefault("portions", ""))
                .addValue("canaries", SubjectDigests.bytes(detail.getOrDefault("canaries", "")));
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

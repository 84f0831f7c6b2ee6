package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Checkpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The gateways' logs and the calls read from them. */
@Repository
class LogStore {
    private static final String COLUMNS =
            "origin, owner, address, key, national_key, told_key, token, size, root_hash, ingested,"
                    + " checked, reached, problem, owed, owed_since";

    /** Problem of a log that did not answer just now. */
    static final String UNREACHABLE = "UNREACHABLE";

    /** Problem of a log that has not answered for a while. */
    static final String STOPPED = "STOPPED";

    /** Problem of a log that answers, but whose checkpoint lacks what is said to be durable. */
    static final String STALLED = "STALLED";

    private static final Duration STOPPED_AFTER = Duration.ofSeconds(45);
    private static final Duration NEWS = Duration.ofSeconds(5);

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;
    private final MarkStore marks;
    private final DeliveryStore deliveries;

    LogStore(
            JdbcClient database,
            NamedParameterJdbcTemplate batches,
            MarkStore marks,
            DeliveryStore deliveries) {
        this.database = database;
        this.batches = batches;
        this.marks = marks;
        this.deliveries = deliveries;
    }

    /** A followed log. */
    record Followed(
            String origin,
            String owner,
            String address,
            String key,
            @Nullable String nationalKey,
            @Nullable String toldKey,
            String token,
            long size,
            String rootHash,
            long ingested,
            @Nullable Instant checked,
            @Nullable Instant reached,
            @Nullable String problem,
            long owed,
            @Nullable Instant owedSince) {
        /** Whether a checkpoint of that size should have become larger long ago. */
        boolean isStalled(long checkpoint, Instant now) {
            return owed > checkpoint
                    && owedSince != null
                    && owedSince.plus(STOPPED_AFTER).isBefore(now);
        }

        /** Whether it is time to note again that the log answers. */
        boolean isOldNews(Instant now) {
            return reached == null || isAway(problem) || reached.plus(NEWS).isBefore(now);
        }

        /** Whether a log that answered once has not for some time. */
        boolean isStopped(Instant now) {
            Instant last = reached == null ? checked : reached;
            return last != null && last.plus(STOPPED_AFTER).isBefore(now);
        }

        /** Whether its gateway tells another key than the one that is believed. */
        boolean tellsOtherKey() {
            return toldKey != null && !toldKey.equals(key);
        }
    }

    /** A record of a gateway and its place. */
    record Call(long index, TraceRecord record) {}

    void follow(
            String owner,
            String address,
            String origin,
            String key,
            @Nullable String nationalKey,
            String token) {
        database.sql(
                        """
                        INSERT INTO evidence.log (origin, owner, address, key, national_key, told_key,
                                                  token)
                        VALUES (:origin, :owner, :address, :key, :national, :key, :token)
                            ON CONFLICT (origin) DO UPDATE
                           SET address = excluded.address, token = excluded.token,
                               told_key = excluded.told_key,
                               national_key = coalesce(log.national_key, excluded.national_key),
                               problem = CASE WHEN log.key = excluded.key THEN log.problem
                                              ELSE 'KEY_CHANGED' END
                         WHERE (log.address, log.token) <> (excluded.address, excluded.token)
                            OR log.key <> excluded.key
                            OR log.told_key IS DISTINCT FROM excluded.told_key
                            OR (log.national_key IS NULL AND excluded.national_key IS NOT NULL)
                        """)
                .param("origin", origin)
                .param("owner", owner)
                .param("address", address)
                .param("key", key)
                .param("national", nationalKey, Types.VARCHAR)
                .param("token", token)
                .update();
    }

    List<Followed> followed() {
        return database.sql("SELECT " + COLUMNS + " FROM evidence.log ORDER BY origin")
                .query(LogStore::toFollowed)
                .list();
    }

    Optional<Followed> followed(String origin) {
        return database.sql("SELECT " + COLUMNS + " FROM evidence.log WHERE origin = :origin")
                .param("origin", origin)
                .query(LogStore::toFollowed)
                .optional();
    }

    /** Whether a problem means only that the log does not answer. */
    static boolean isAway(@Nullable String problem) {
        return UNREACHABLE.equals(problem) || STOPPED.equals(problem);
    }

    /** Notes what a checkpoint has to cover, unless it has to cover something already. */
    void owes(String origin, long size, Instant time) {
        database.sql(
                        """
                        UPDATE evidence.log SET owed = :size, owed_since = :time
                         WHERE origin = :origin AND owed <= size AND :size > size
                        """)
                .param("size", size)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("origin", origin)
                .update();
    }

    /** Notes that the log answered. */
    void reached(String origin, Instant time) {
        database.sql("UPDATE evidence.log SET reached = :time WHERE origin = :origin")
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("origin", origin)
                .update();
    }

    void problem(String origin, String problem) {
        database.sql("UPDATE evidence.log SET problem = :problem WHERE origin = :origin")
                .param("origin", origin)
                .param("problem", problem)
                .update();
    }

    /** From now on the log is believed by that key, which it announced under the one before. */
    void believe(String origin, String key, boolean national) {
        database.sql(
                        national
                                ? "UPDATE evidence.log SET national_key = :key WHERE origin = :origin"
                                : "UPDATE evidence.log SET key = :key WHERE origin = :origin")
                .param("key", key)
                .param("origin", origin)
                .update();
    }

    /**
     * Takes over entries that were checked, and notes how far. Both happen or neither, so that no
     * call is missed or counted twice; the record of a long answer's end completes its call.
     */
    @Transactional
    void ingest(String origin, List<Call> calls) {
        SqlParameterSource[] rows =
                calls.stream()
                        .filter(LogStore::isCall)
                        .map(c -> row(origin, c))
                        .toArray(SqlParameterSource[]::new);
        marks.add(origin, calls);
        batches.batchUpdate(
                """
                INSERT INTO evidence.call
                       (record, origin, log_index, time, application, organisation, interface,
                        dataset, owner, sharing_grant, purpose, matter, fields, row_count,
                        byte_count, outcome, status, milliseconds, address, key, request,
                        subject, ended, over_returned, over_returned_names, policy, style, stages,
                        export)
                VALUES (:record::uuid, :origin, :index, :time, :application, :organisation,
                        :interface, :dataset, :owner, :grant, :purpose, :matter,
                        string_to_array(:fields, ','), :rows, :bytes, :outcome, :status,
                        :milliseconds, :address, :key, :request, :subject,
                        :ended, :overReturned, :overReturnedNames::jsonb, :policy, :style,
                        :stages, :export)
                    ON CONFLICT (record) DO NOTHING
                """,
                rows);
        deliveries.add(origin, calls);
        batches.batchUpdate(
                """
                UPDATE evidence.call
                   SET row_count = :rows, byte_count = :bytes, outcome = :outcome, ended = :ended,
                       milliseconds = :milliseconds, over_returned = :overReturned,
                       over_returned_names = :overReturnedNames::jsonb
                 WHERE request = :request AND origin = :origin
                """,
                calls.stream()
                        .filter(LogStore::isEnd)
                        .map(c -> row(origin, c))
                        .toArray(SqlParameterSource[]::new));
        database.sql("UPDATE evidence.log SET ingested = :next WHERE origin = :origin")
                .param("next", calls.getLast().index() + 1)
                .param("origin", origin)
                .update();
    }

    private static boolean isCall(Call call) {
        return call.record().kind() == TraceRecord.Kind.CALL
                && call.record().action().equals(TraceRecord.CALL);
    }

    private static boolean isEnd(Call call) {
        return call.record().action().equals(TraceRecord.CALL_END);
    }

    /** Notes that the log was checked up to that checkpoint. */
    void checked(String origin, Checkpoint now, Instant time) {
        database.sql(
                        """
                        UPDATE evidence.log
                           SET size = :size, root_hash = :root, checked = :time, reached = :time,
                               problem = (SELECT min(kind) FROM evidence.incident
                                           WHERE incident.origin = log.origin
                                             AND acknowledged IS NULL)
                         WHERE origin = :origin
                        """)
                .param("size", now.size())
                .param("root", now.root().hex())
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("origin", origin)
                .update();
    }

    private static MapSqlParameterSource row(String origin, Call call) {
        TraceRecord record = call.record();
        Map<String, String> detail = record.detail();
        return new MapSqlParameterSource()
                .addValue("record", record.id())
                .addValue("origin", origin)
                .addValue("index", call.index())
                .addValue("time", record.time().atOffset(ZoneOffset.UTC))
                .addValue("application", record.actor())
                .addValue("organisation", record.organisation())
                .addValue("interface", record.object().replaceFirst("^interface:", ""))
                .addValue("dataset", detail.getOrDefault("dataset", ""))
                .addValue("owner", detail.getOrDefault("owner", ""))
                .addValue("grant", detail.getOrDefault("grant", ""))
                .addValue("purpose", detail.getOrDefault("purpose", ""))
                .addValue("matter", detail.getOrDefault("matter", ""))
                .addValue("fields", detail.getOrDefault("fields", ""))
                .addValue("rows", number(detail.get("rows")))
                .addValue("bytes", number(detail.get("bytes")))
                .addValue("outcome", record.outcome())
                .addValue("status", (int) number(detail.get("status")))
                .addValue("milliseconds", decimal(detail.get("milliseconds")))
                .addValue("address", detail.getOrDefault("remote", ""))
                .addValue(
                        "key",
                        detail.getOrDefault("keyId", detail.getOrDefault("claimedKeyId", "")))
                .addValue("request", detail.getOrDefault("requestId", ""))
                .addValue("ended", detail.getOrDefault("ended", "COMPLETE"))
                .addValue("overReturned", number(detail.get("overReturned")))
                .addValue("overReturnedNames", detail.getOrDefault("overReturnedNames", "{}"))
                .addValue("subject", subject(detail))
                .addValue("policy", number(detail.get("policy")))
                .addValue("style", detail.getOrDefault("style", ""))
                .addValue("stages", detail.getOrDefault("stages", ""))
                .addValue("export", detail.getOrDefault("export", ""));
    }

    /**
     * The prints of all key values, in the order of the keys' names; empty where there are none.
     */
    private static String subject(Map<String, String> detail) {
        StringJoiner prints = new StringJoiner(" ");
        new TreeMap<>(detail)
                .forEach(
                        (name, print) -> {
                            if (name.startsWith("key.")) {
                                prints.add(print);
                            }
                        });
        return prints.toString();
    }

    private static long number(@Nullable String text) {
        return (long) decimal(text);
    }

    private static double decimal(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Followed toFollowed(ResultSet row, int number) throws SQLException {
        OffsetDateTime checked = row.getObject("checked", OffsetDateTime.class);
        OffsetDateTime reached = row.getObject("reached", OffsetDateTime.class);
        OffsetDateTime owedSince = row.getObject("owed_since", OffsetDateTime.class);
        return new Followed(
                row.getString("origin"),
                row.getString("owner"),
                row.getString("address"),
                row.getString("key"),
                row.getString("national_key"),
                row.getString("told_key"),
                row.getString("token"),
                row.getLong("size"),
                row.getString("root_hash"),
                row.getLong("ingested"),
                checked == null ? null : checked.toInstant(),
                reached == null ? null : reached.toInstant(),
                row.getString("problem"),
                row.getLong("owed"),
                owedSince == null ? null : owedSince.toInstant());
    }
}

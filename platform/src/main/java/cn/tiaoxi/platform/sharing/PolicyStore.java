package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.Restriction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/**
 * What gateways must know, as the database has it. Every table named here must have a trigger that
 * calls {@code sharing.touch_policy}; a test checks it.
 */
@Repository
class PolicyStore {
    private static final TypeReference<List<ServedField>> FIELDS = new TypeReference<>() {};
    private static final int ROWS_AT_ONCE = 1_000;

    /** Grants that ended long ago are left out; until then a call is told why it is refused. */
    private static final Duration TOLD = Duration.ofDays(90);

    private final JdbcClient database;
    private final RowDigestTerms digests;
    private final SubjectKeys keys;

    PolicyStore(JdbcClient database, RowDigestTerms digests, SubjectKeys keys) {
        this.database = database;
        this.digests = digests;
        this.keys = keys;
    }

    /**
     * Raises the version, once in a transaction; changes of the policy queue up behind this row
     * until they commit.
     */
    long raise() {
        return database.sql(
                        """
                        UPDATE sharing.policy
                           SET version = version
                                   + CASE WHEN raised_by = pg_current_xact_id() THEN 0 ELSE 1 END,
                               changed = clock_timestamp(), raised_by = pg_current_xact_id()
                        RETURNING version
                        """)
                .query(Long.class)
                .single();
    }

    /** Goes above a version that a gateway holds, after a backup of the database was restored. */
    void raiseAbove(long held) {
        database.sql("UPDATE sharing.policy SET version = :held + 1 WHERE version < :held")
                .param("held", held)
                .update();
    }

    long version() {
        return database.sql("SELECT version FROM sharing.policy").query(Long.class).single();
    }

    /**
     * Hands over all things of a kind that are in the policy, each with the moment when it changes
     * by time alone, or null. Within a transaction, row by row.
     *
     * @param ids which, or null for all
     */
    void each(
            PolicyItem.Kind kind,
            @Nullable Collection<String> ids,
            Instant now,
            BiConsumer<PolicyItem, @Nullable Instant> taker) {
        switch (kind) {
            case INTERFACE -> interfaces(ids, now, taker);
            case APPLICATION -> applications(ids, now, taker);
            case GRANT -> grants(ids, now, taker);
        }
    }

    private JdbcClient.StatementSpec select(String sql, @Nullable Collection<String> ids) {
        return database.sql(sql)
                .withFetchSize(ROWS_AT_ONCE)
                .param("all", ids == null)
                .param("ids", Columns.array(ids == null ? List.of() : ids));
    }

    /** While a new table is made the one before goes on being served. */
    private void interfaces(
            @Nullable Collection<String> ids,
            Instant now,
            BiConsumer<PolicyItem, @Nullable Instant> taker) {
        select(
                        """
                        SELECT id, name, dataset, organisation, keys, fields, page_limit,
                               CASE WHEN h.interface IS NOT NULL THEN 'WITHDRAWN' ELSE state END
                                   AS state,
                               table_name, upstream, ranges, exports, interface.subject, l.per_second,
                               l.per_day, l.per_month, h.until
                          FROM sharing.interface
                          LEFT JOIN sharing.interface_hold h
                                 ON h.interface = id AND (h.until IS NULL OR h.until > :now)
                          LEFT JOIN sharing.call_limit l
                                 ON l.kind = 'INTERFACE' AND l.subject = id
                         WHERE (table_name IS NOT NULL OR upstream IS NOT NULL)
                           AND (:all OR id = ANY(:ids))
                        """,
                        ids)
                .param("now", Columns.at(now))
                .query(
                        (ResultSet row) ->
                                taker.accept(
                                        PolicyItem.put(published(row)),
                                        Columns.instant(row, "until")));
    }

    private PublishedInterface published(ResultSet row) throws SQLException {
        HttpUpstream upstream = Columns.upstream(row);
        List<ServedField> fields = Columns.read(row.getString("fields"), FIELDS);
        Subject subject =
                upstream == null ? Columns.subject(row) : digests.ofService(fields).orElse(null);
        ExportRule exports = Columns.exports(row);
        boolean marked = exports != null && !exports.marks().isEmpty();
        return new PublishedInterface(
                row.getString("id"),
                row.getString("name"),
                row.getString("dataset"),
                row.getString("organisation"),
                upstream == null ? "serving." + row.getString("table_name") : "",
                upstream == null ? Columns.list(row, "keys") : List.of(),
                fields.stream().map(SharingTerms::inPolicy).toList(),
                row.getInt("page_limit"),
                row.getString("state").equals("WITHDRAWN")
                        ? InterfaceState.WITHDRAWN
                        : InterfaceState.LIVE,
                limits(row, ""),
                upstream,
                Columns.list(row, "ranges"),
                exports,
                subject == null || !(marked || digests.keeps(subject)) ? null : keys.rule(subject));
    }

    private static CallLimits limits(ResultSet row, String prefix) throws SQLException {
        return new CallLimits(
                row.getObject(prefix + "per_second", Integer.class),
                row.getObject(prefix + "per_day", Long.class),
                row.getObject(prefix + "per_month", Long.class));
    }

    private void applications(
            @Nullable Collection<String> ids,
            Instant now,
            BiConsumer<PolicyItem, @Nullable Instant> taker) {
        Map<String, List<CallerKey>> keys = keys(ids, now);
        select(
                        """
                        SELECT id::text AS id, name, organisation,
                               active AND NOT EXISTS
                                   (SELECT FROM sharing.suspension s
                                     WHERE s.application = application.id AND s.key IS NULL
                                       AND s.lifted IS NULL) AS active,
                               own.per_second, own.per_day, own.per_month,
                               whole.per_second AS whole_per_second,
                               whole.per_day AS whole_per_day,
                               whole.per_month AS whole_per_month,
                               held.reference, held.slowed, held.until
                          FROM sharing.application
                          LEFT JOIN sharing.call_limit own
                                 ON own.kind = 'APPLICATION' AND own.subject = id::text
                          LEFT JOIN sharing.call_limit whole
                                 ON whole.kind = 'ORGANISATION' AND whole.subject = organisation
                          LEFT JOIN LATERAL (
                               SELECT r.reference, r.per_second AS slowed, r.until
                                 FROM sharing.restriction r
                                WHERE r.application = application.id AND r.lifted IS NULL
                                  AND (r.until IS NULL OR r.until > :now)
                                ORDER BY r.per_second NULLS FIRST, r.until DESC NULLS FIRST
                                LIMIT 1) held ON true
                         WHERE :all OR id = ANY(CAST(:ids AS uuid[]))
                        """,
                        ids)
                .param("now", Columns.at(now))
                .query(
                        (ResultSet row) -> {
                            List<CallerKey> own = keys.getOrDefault(row.getString("id"), List.of());
                            taker.accept(
                                    PolicyItem.put(
                                            new CallerApplication(
                                                    row.getString("id"),
                                                    row.getString("name"),
                                                    row.getString("organisation"),
                                                    own,
                                                    row.getBoolean("active"),
                                                    limits(row, ""),
                                                    limits(row, "whole_"),
                                                    restriction(row))),
                                    earliest(
                                            Stream.concat(
                                                    own.stream().map(CallerKey::notAfter),
                                                    Stream.of(Columns.instant(row, "until")))));
                        });
    }

    private static @Nullable Restriction restriction(ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        return reference == null
                ? null
                : new Restriction(
                        reference,
                        row.getObject("slowed", Integer.class),
                        Columns.instant(row, "until"));
    }

    private static @Nullable Instant earliest(Stream<@Nullable Instant> moments) {
        return moments.filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    private Map<String, List<CallerKey>> keys(@Nullable Collection<String> ids, Instant now) {
        Map<String, List<CallerKey>> keys = new HashMap<>();
        select(
                        """
                        SELECT id, application::text AS application, algorithm, material,
                               not_before, not_after, addresses, switched_off
                          FROM sharing.application_key
                         WHERE (:all OR application = ANY(CAST(:ids AS uuid[])))
                           AND revoked IS NULL AND (not_after IS NULL OR not_after > :now)
                           AND NOT EXISTS (SELECT FROM sharing.suspension s
                                            WHERE s.key = application_key.id AND s.lifted IS NULL)
                         ORDER BY id
                        """,
                        ids)
                .param("now", Columns.at(now))
                .query((ResultSet row) -> add(keys, row));
        return keys;
    }

    private static void add(Map<String, List<CallerKey>> keys, ResultSet row) throws SQLException {
        keys.computeIfAbsent(row.getString("application"), a -> new ArrayList<>())
                .add(
                        new CallerKey(
                                row.getString("id"),
                                Algorithm.valueOf(row.getString("algorithm")),
                                row.getString("material"),
                                Columns.time(row, "not_before"),
                                Columns.instant(row, "not_after"),
                                Columns.list(row, "addresses"),
                                Columns.instant(row, "switched_off")));
    }

    private void grants(
            @Nullable Collection<String> ids,
            Instant now,
            BiConsumer<PolicyItem, @Nullable Instant> taker) {
        select(
                        """
                        SELECT id::text AS id, application::text AS application, interface, fields,
                               masks, purpose, per_second, per_day, in_all, valid_from,
                               valid_until, revoked, exports
                          FROM sharing.sharing_grant
                         WHERE (:all OR id = ANY(CAST(:ids AS uuid[])))
                           AND valid_until > :told AND (revoked IS NULL OR revoked > :told)
                        """,
                        ids)
                .param("told", Columns.at(now.minus(TOLD)))
                .query((ResultSet row) -> taker.accept(PolicyItem.put(grant(row)), leaves(row)));
    }

    private static Instant leaves(ResultSet row) throws SQLException {
        Instant end = Columns.time(row, "valid_until");
        Instant revoked = Columns.instant(row, "revoked");
        return (revoked != null && revoked.isBefore(end) ? revoked : end).plus(TOLD);
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString("id"),
                row.getString("application"),
                row.getString("interface"),
                Columns.list(row, "fields"),
                Columns.masks(row),
                row.getString("purpose"),
                row.getInt("per_second"),
                row.getLong("per_day"),
                row.getObject("in_all", Long.class),
                Columns.time(row, "valid_from"),
                Columns.time(row, "valid_until"),
                row.getObject("revoked") == null ? GrantState.ACTIVE : GrantState.REVOKED,
                row.getBoolean("exports") ? Boolean.TRUE : null);
    }
}

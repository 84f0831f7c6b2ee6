package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** What gateways must know, as the database has it. */
@Repository
class PolicyStore {
    private static final TypeReference<List<ServedField>> FIELDS = new TypeReference<>() {};

    private final JdbcClient database;

    PolicyStore(JdbcClient database) {
        this.database = database;
    }

    /** Raises the version; changes of the policy queue up behind this row until they commit. */
    long raise(Instant now) {
        return database.sql(
                        """
                        UPDATE sharing.policy SET version = version + 1, changed = :now
                        RETURNING version
                        """)
                .param("now", Columns.at(now))
                .query(Long.class)
                .single();
    }

    long version() {
        return database.sql("SELECT version FROM sharing.policy").query(Long.class).single();
    }

    /** The policy of one moment: version and content fit each other. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public PolicySnapshot snapshot(Instant now) {
        return new PolicySnapshot(version(), now, interfaces(), applications(now), grants(now));
    }

    /** While a new table is made the one before goes on being served. */
    private List<PublishedInterface> interfaces() {
        return database.sql(
                        """
                        SELECT id, name, dataset, organisation, keys, fields, page_limit, state,
                               table_name, l.per_second, l.per_day, l.per_month
                          FROM sharing.interface
                          LEFT JOIN sharing.call_limit l
                                 ON l.kind = 'INTERFACE' AND l.subject = id
                         WHERE table_name IS NOT NULL ORDER BY id
                        """)
                .query(PolicyStore::published)
                .list();
    }

    private static PublishedInterface published(ResultSet row, int number) throws SQLException {
        return new PublishedInterface(
                row.getString("id"),
                row.getString("name"),
                row.getString("dataset"),
                row.getString("organisation"),
                "serving." + row.getString("table_name"),
                Columns.list(row, "keys"),
                Columns.read(row.getString("fields"), FIELDS).stream()
                        .map(SharingTerms::inPolicy)
                        .toList(),
                row.getInt("page_limit"),
                row.getString("state").equals("WITHDRAWN")
                        ? InterfaceState.WITHDRAWN
                        : InterfaceState.LIVE,
                limits(row, ""));
    }

    private static CallLimits limits(ResultSet row, String prefix) throws SQLException {
        return new CallLimits(
                row.getObject(prefix + "per_second", Integer.class),
                row.getObject(prefix + "per_day", Long.class),
                row.getObject(prefix + "per_month", Long.class));
    }

    private List<CallerApplication> applications(Instant now) {
        Map<String, List<CallerKey>> keys = keys(now);
        return database.sql(
                        """
                        SELECT id::text AS id, name, organisation,
                               active AND NOT EXISTS
                                   (SELECT FROM sharing.suspension s
                                     WHERE s.application = application.id AND s.key IS NULL
                                       AND s.lifted IS NULL) AS active,
                               own.per_second, own.per_day, own.per_month,
                               whole.per_second AS whole_per_second,
                               whole.per_day AS whole_per_day,
                               whole.per_month AS whole_per_month
                          FROM sharing.application
                          LEFT JOIN sharing.call_limit own
                                 ON own.kind = 'APPLICATION' AND own.subject = id::text
                          LEFT JOIN sharing.call_limit whole
                                 ON whole.kind = 'ORGANISATION' AND whole.subject = organisation
                         ORDER BY id
                        """)
                .query(
                        (row, n) ->
                                new CallerApplication(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("organisation"),
                                        keys.getOrDefault(row.getString("id"), List.of()),
                                        row.getBoolean("active"),
                                        limits(row, ""),
                                        limits(row, "whole_")))
                .list();
    }

    private Map<String, List<CallerKey>> keys(Instant now) {
        Map<String, List<CallerKey>> keys = new HashMap<>();
        database.sql(
                        """
                        SELECT id, application::text AS application, algorithm, material,
                               not_before, not_after, addresses, switched_off
                          FROM sharing.application_key
                         WHERE revoked IS NULL AND (not_after IS NULL OR not_after > :now)
                           AND NOT EXISTS (SELECT FROM sharing.suspension s
                                            WHERE s.key = application_key.id AND s.lifted IS NULL)
                         ORDER BY id
                        """)
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

    /** Grants that ended long ago are left out; until then a call is told why it is refused. */
    private List<Grant> grants(Instant now) {
        return database.sql(
                        """
                        SELECT id::text AS id, application::text AS application, interface, fields,
                               masks, purpose, per_second, per_day, in_all, valid_from,
                               valid_until, revoked
                          FROM sharing.sharing_grant
                         WHERE valid_until > :now::timestamptz - interval '90 days'
                           AND (revoked IS NULL OR revoked > :now::timestamptz - interval '90 days')
                         ORDER BY id
                        """)
                .param("now", Columns.at(now))
                .query(PolicyStore::grant)
                .list();
    }

    private static Grant grant(ResultSet row, int number) throws SQLException {
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
                row.getObject("revoked") == null ? GrantState.ACTIVE : GrantState.REVOKED);
    }
}

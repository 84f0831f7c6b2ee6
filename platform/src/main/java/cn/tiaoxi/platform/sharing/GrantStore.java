package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Grants in the database. */
@Repository
class GrantStore {
    private static final String GRANT =
            """
            SELECT g.id::text AS id, g.request::text AS request,
                   g.application::text AS application, a.name AS application_name,
                   g.organisation, g.owner, g.interface, i.name AS interface_name, g.dataset,
                   i.dataset_title, g.fields, g.masks, g.purpose, g.per_second, g.per_day,
                   g.in_all, g.exports,
                   g.valid_from, g.valid_until, g.trial, g.revoked, g.revoked_by_name,
                   g.revoked_reason, g.revoked_version, g.version,
                   (SELECT count(*) FROM published.call c
                     WHERE c.sharing_grant = g.id::text AND c.outcome = 'OK') AS calls,
                   (SELECT max(c.time) FROM published.call c
                     WHERE c.sharing_grant = g.id::text AND c.outcome = 'OK') AS last_call
            """;
    private static final String FROM =
            """
              FROM sharing.sharing_grant g
              JOIN sharing.application a ON a.id = g.application
              JOIN sharing.interface i ON i.id = g.interface
            """;
    private static final Map<String, String> SORTS =
            new TreeMap<>(Map.of("validFrom", "g.valid_from", "validUntil", "g.valid_until"));

    private final JdbcClient database;

    GrantStore(JdbcClient database) {
        this.database = database;
    }

    /** A grant to write. */
    record NewGrant(
            String id,
            @Nullable String request,
            String application,
            String organisation,
            String owner,
            String interfaceId,
            String dataset,
            List<String> fields,
            Map<String, Mask> masks,
            String purpose,
            int perSecond,
            long perDay,
            @Nullable Long inAll,
            boolean exports,
            Instant validFrom,
            Instant validUntil,
            boolean trial) {}

    /**
     * Which grants to list.
     *
     * @param received codes of organisations that received; empty for all
     * @param given codes of organisations that gave; empty for all
     */
    record Filter(
            @Nullable Set<String> received,
            @Nullable Set<String> given,
            String state,
            String dataset,
            String interfaceId,
            String application,
            Instant now) {}

    void add(NewGrant grant) {
        database.sql(
                        """
                        INSERT INTO sharing.sharing_grant (id, request, application, organisation,
                               owner, interface, dataset, fields, masks, purpose, per_second,
                               per_day, in_all, exports, valid_from, valid_until,
                               trial)
                        VALUES (:id::uuid, :request::uuid, :application::uuid, :organisation,
                               :owner, :interface, :dataset, :fields::text[], :masks::jsonb,
                               :purpose, :perSecond, :perDay, :inAll, :exports, :from, :until,
                               :trial)
                            ON CONFLICT (application, interface)
                               WHERE trial AND revoked IS NULL
                               DO UPDATE SET fields = excluded.fields, masks = excluded.masks,
                                  valid_from = excluded.valid_from,
                                  valid_until = excluded.valid_until
                        """)
                .param("id", grant.id())
                .param("request", grant.request())
                .param("application", grant.application())
                .param("organisation", grant.organisation())
                .param("owner", grant.owner())
                .param("interface", grant.interfaceId())
                .param("dataset", grant.dataset())
                .param("fields", Columns.array(grant.fields()))
                .param("masks", Columns.json(grant.masks()))
                .param("purpose", grant.purpose())
                .param("perSecond", grant.perSecond())
                .param("perDay", grant.perDay())
                .param("inAll", grant.inAll())
                .param("exports", grant.exports())
                .param("from", Columns.at(grant.validFrom()))
                .param("until", Columns.at(grant.validUntil()))
                .param("trial", grant.trial())
                .update();
    }

    Optional<Grant> find(String id) {
        if (!Identifiers.isIdentifier(id)) {
            return Optional.empty();
        }
        return database.sql(GRANT + FROM + " WHERE g.id = :id::uuid")
                .param("id", id)
                .query(GrantStore::read)
                .optional();
    }

    Optional<String> ofRequest(String request) {
        return database.sql("SELECT id::text FROM sharing.sharing_grant WHERE request = :id::uuid")
                .param("id", request)
                .query(String.class)
                .optional();
    }

    /** Grants of an application on an interface that are in force. */
    List<Grant> inForce(String application, String interfaceId, Instant now) {
        return database.sql(
                        GRANT
                                + FROM
                                + """
                                   WHERE g.application = :application::uuid
                                     AND g.interface = :interface AND g.revoked IS NULL
                                     AND g.valid_from <= :now AND g.valid_until > :now
                                  """)
                .param("application", application)
                .param("interface", interfaceId)
                .param("now", Columns.at(now))
                .query(GrantStore::read)
                .list();
    }

    /** Grants of an application that are in force. */
    List<Grant> ofApplication(String application, Instant now) {
        return database.sql(
                        GRANT
                                + FROM
                                + """
                                   WHERE g.application = :application::uuid
                                     AND g.revoked IS NULL AND g.valid_until > :now
                                   ORDER BY g.valid_from, g.id
                                  """)
                .param("application", application)
                .param("now", Columns.at(now))
                .query(GrantStore::read)
                .list();
    }

    /** Whether the organisation already holds a grant in force on that interface. */
    boolean isKnown(String organisation, String interfaceId, Instant now) {
        return database.sql(
                                """
                                SELECT count(*) FROM sharing.sharing_grant
                                 WHERE organisation = :organisation AND interface = :interface
                                   AND NOT trial AND revoked IS NULL AND valid_until > :now
                                """)
                        .param("organisation", organisation)
                        .param("interface", interfaceId)
                        .param("now", Columns.at(now))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Revokes a grant that is in force; false if it no longer is. */
    boolean revoke(
            String id, String by, String byName, String reason, long policyVersion, Instant now) {
        return database.sql(
                                """
                                UPDATE sharing.sharing_grant
                                   SET revoked = :now, revoked_by = :by, revoked_by_name = :byName,
                                       revoked_reason = :reason, revoked_version = :version,
                                       version = version + 1
                                 WHERE id = :id::uuid AND revoked IS NULL AND valid_until > :now
                                """)
                        .param("now", Columns.at(now))
                        .param("by", by)
                        .param("byName", byName)
                        .param("reason", reason)
                        .param("version", policyVersion)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Takes a revocation back; false if there is none, or the grant's time is over. */
    boolean restore(String id, Instant now) {
        return database.sql(
                                """
                                UPDATE sharing.sharing_grant
                                   SET revoked = NULL, revoked_by = NULL, revoked_by_name = NULL,
                                       revoked_reason = NULL, revoked_version = NULL,
                                       version = version + 1
                                 WHERE id = :id::uuid AND revoked IS NOT NULL
                                   AND valid_until > :now
                                """)
                        .param("now", Columns.at(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    Page<Grant> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(filter, parameters);
        Slice.Order order = slice.order(SORTS, "-validFrom");
        long total =
                database.sql("SELECT count(*)" + FROM + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<Grant> rows =
                database.sql(
                                GRANT
                                        + FROM
                                        + where
                                        + order.condition(slice, "g.id", "timestamptz")
                                        + order.clause(slice, "g.id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(GrantStore::read)
                        .list();
        boolean byEnd = order.expression().equals("g.valid_until");
        return slice.page(
                rows,
                total,
                g ->
                        new Slice.Position(
                                (byEnd ? g.validUntil() : g.validFrom()).toString(), g.id()));
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE (false");
        reach(where, parameters, "organisation", filter.received());
        reach(where, parameters, "owner", filter.given());
        where.append(")");
        switch (filter.state()) {
            case "ACTIVE" -> where.append(" AND g.revoked IS NULL AND g.valid_until > :now");
            case "EXPIRED" -> where.append(" AND g.revoked IS NULL AND g.valid_until <= :now");
            case "REVOKED" -> where.append(" AND g.revoked IS NOT NULL");
            default -> {}
        }
        if (where.indexOf(":now") > 0) {
            parameters.put("now", Columns.at(filter.now()));
        }
        equal(where, parameters, "dataset", filter.dataset());
        equal(where, parameters, "interface", filter.interfaceId());
        if (!filter.application().isBlank()) {
            where.append(" AND g.application::text = :application");
            parameters.put("application", filter.application());
        }
        return where.toString();
    }

    private static void reach(
            StringBuilder where,
            Map<String, Object> parameters,
            String column,
            @Nullable Set<String> codes) {
        if (codes == null) {
            return;
        }
        if (codes.isEmpty()) {
            where.append(" OR true");
        } else {
            where.append(" OR g.")
                    .append(column)
                    .append(" = ANY (:")
                    .append(column)
                    .append("::text[])");
            parameters.put(column, Columns.array(codes));
        }
    }

    private static void equal(
            StringBuilder where, Map<String, Object> parameters, String column, String value) {
        if (!value.isBlank()) {
            where.append(" AND g.").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    private static Grant read(ResultSet row, int number) throws SQLException {
        Instant revoked = Columns.instant(row, "revoked");
        return new Grant(
                row.getString("id"),
                row.getString("request"),
                row.getString("application"),
                row.getString("application_name"),
                row.getString("organisation"),
                row.getString("owner"),
                row.getString("interface"),
                row.getString("interface_name"),
                row.getString("dataset"),
                row.getString("dataset_title"),
                Columns.list(row, "fields"),
                Columns.masks(row),
                row.getString("purpose"),
                row.getInt("per_second"),
                row.getLong("per_day"),
                row.getObject("in_all", Long.class),
                row.getBoolean("exports"),
                Columns.time(row, "valid_from"),
                Columns.time(row, "valid_until"),
                row.getBoolean("trial"),
                revoked == null
                        ? null
                        : new Grant.Revocation(
                                row.getString("revoked_by_name"),
                                revoked,
                                row.getString("revoked_reason"),
                                row.getLong("revoked_version")),
                row.getLong("calls"),
                Columns.instant(row, "last_call"),
                row.getLong("version"));
    }
}

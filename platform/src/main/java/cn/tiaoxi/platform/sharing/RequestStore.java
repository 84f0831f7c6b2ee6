package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Requests in the database. */
@Repository
class RequestStore {
    private static final String REQUEST =
            """
            SELECT r.id::text AS id, r.number, r.state, r.interface, i.name AS interface_name,
                   r.application::text AS application, a.name AS application_name, r.dataset,
                   r.dataset_title, r.organisation, r.owner, r.applicant, r.applicant_name,
                   r.fields, r.masks, r.purpose, r.legal_basis, r.matter, r.valid_until,
                   r.per_second, r.per_day, r.in_all, r.exports, r.created, r.due, r.assessment, r.decision,
                   r.decided_by, r.decided_by_name, r.decided, r.decision_automatic, r.reason_zh,
                   r.reason_en, r.version
            """;
    private static final String FROM =
            """
              FROM sharing.request r
              JOIN sharing.interface i ON i.id = r.interface
              JOIN sharing.application a ON a.id = r.application
            """;
    private static final TypeReference<Assessment> ASSESSMENT = new TypeReference<>() {};
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "created", "r.created",
                            "due", "coalesce(r.due, 'infinity'::timestamptz)"));

    private final JdbcClient database;

    RequestStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Which requests to list; empty text means no filter.
     *
     * @param applicant user name of who asked, or null for anybody
     * @param asking codes of asking organisations, null for none of them, empty for all
     * @param owning codes of deciding organisations, null for none of them, empty for all
     */
    record Filter(
            @Nullable String applicant,
            @Nullable Set<String> asking,
            @Nullable Set<String> owning,
            String state,
            boolean overdue,
            String text,
            Instant now) {}

    long nextNumber() {
        return database.sql("SELECT nextval('sharing.request_number')").query(Long.class).single();
    }

    void add(Request request) {
        bind(
                        database.sql(
                                """
                                INSERT INTO sharing.request (id, number, state, interface,
                                       application, dataset, dataset_title, organisation, owner,
                                       applicant, applicant_name, fields, purpose, legal_basis,
                                       matter, valid_until, per_second, per_day, in_all, exports, created,
                                       updated)
                                VALUES (:id::uuid, :number, 'IN_REVIEW', :interface,
                                       :application::uuid, :dataset, :title, :organisation,
                                       :owner, :applicant, :applicantName, :fields::text[],
                                       :purpose, :legalBasis, :matter, :validUntil, :perSecond,
                                       :perDay, :inAll, :exports, :now, :now)
                                """),
                        request.body())
                .param("id", request.id())
                .param("number", request.number())
                .param("interface", request.body().interfaceId())
                .param("application", request.body().application())
                .param("dataset", request.dataset())
                .param("title", request.datasetTitle())
                .param("organisation", request.organisation())
                .param("owner", request.owner())
                .param("applicant", request.applicant())
                .param("applicantName", request.applicantName())
                .param("now", Columns.at(request.created()))
                .update();
    }

    /** Replaces what a returned request asks for; false if it is not returned any more. */
    boolean resubmit(String id, RequestBody body, Instant now) {
        return bind(
                                database.sql(
                                        """
                                        UPDATE sharing.request
                                           SET state = 'IN_REVIEW', fields = :fields::text[],
                                               masks = '{}', purpose = :purpose,
                                               legal_basis = :legalBasis, matter = :matter,
                                               valid_until = :validUntil,
                                               per_second = :perSecond, per_day = :perDay,
                                               in_all = :inAll, exports = :exports,
                                               due = NULL, decision = NULL, decided_by = NULL,
                                               decided_by_name = NULL, decided = NULL,
                                               reason_zh = NULL, reason_en = NULL,
                                               updated = :now, version = version + 1
                                         WHERE id = :id::uuid AND state = 'RETURNED'
                                        """),
                                body)
                        .param("now", Columns.at(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql, RequestBody body) {
        return sql.param("fields", Columns.array(body.fields()))
                .param("purpose", body.purpose().strip())
                .param("legalBasis", body.legalBasis().strip())
                .param("matter", body.matter().strip())
                .param("validUntil", body.validUntil())
                .param("perSecond", body.perSecond())
                .param("perDay", body.perDay())
                .param("inAll", body.inAll())
                .param("exports", body.exports());
    }

    void assessed(String id, Assessment assessment, @Nullable Instant due) {
        database.sql(
                        """
                        UPDATE sharing.request SET assessment = :assessment::jsonb, due = :due
                         WHERE id = :id::uuid
                        """)
                .param("assessment", Columns.json(assessment))
                .param("due", Columns.at(due))
                .param("id", id)
                .update();
    }

    /** Decides a request that is in review; false if somebody else did before. */
    boolean decide(
            String id, Request.Decision decision, RequestBody body, Map<String, Mask> masks) {
        return bind(
                                database.sql(
                                        """
                                        UPDATE sharing.request
                                           SET state = :state, decision = :outcome,
                                               decided_by = :by, decided_by_name = :byName,
                                               decided = :time, decision_automatic = :automatic,
                                               reason_zh = :reasonZh, reason_en = :reasonEn,
                                               fields = :fields::text[], masks = :masks::jsonb,
                                               purpose = :purpose, legal_basis = :legalBasis,
                                               matter = :matter, valid_until = :validUntil,
                                               per_second = :perSecond, per_day = :perDay,
                                               in_all = :inAll, exports = :exports,
                                               updated = :time, version = version + 1
                                         WHERE id = :id::uuid AND state = 'IN_REVIEW'
                                        """),
                                body)
                        .param("state", decision.outcome().state().name())
                        .param("outcome", decision.outcome().name())
                        .param("by", decision.by())
                        .param("byName", decision.byName())
                        .param("time", Columns.at(decision.time()))
                        .param("automatic", decision.automatic())
                        .param("reasonZh", decision.reason().zh())
                        .param("reasonEn", decision.reason().en())
                        .param("masks", Columns.json(masks))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Withdraws a request that is not decided for good; false if it is. */
    boolean withdraw(String id, Instant now) {
        return database.sql(
                                """
                                UPDATE sharing.request
                                   SET state = 'WITHDRAWN', due = NULL, updated = :now,
                                       version = version + 1
                                 WHERE id = :id::uuid AND state IN ('IN_REVIEW', 'RETURNED')
                                """)
                        .param("now", Columns.at(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<Request> find(String id) {
        if (!Identifiers.isIdentifier(id)) {
            return Optional.empty();
        }
        return database.sql(REQUEST + FROM + " WHERE r.id = :id::uuid")
                .param("id", id)
                .query(RequestStore::read)
                .optional();
    }

    Page<Request> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(filter, parameters);
        Slice.Order order = slice.order(SORTS, "-created");
        long total =
                database.sql("SELECT count(*)" + FROM + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<Request> rows =
                database.sql(
                                REQUEST
                                        + FROM
                                        + where
                                        + order.condition(slice, "r.id", "timestamptz")
                                        + order.clause(slice, "r.id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(RequestStore::read)
                        .list();
        boolean byCreation = order.expression().equals("r.created");
        return slice.page(
                rows,
                total,
                r -> {
                    Instant at = byCreation ? r.created() : r.due();
                    return new Slice.Position(at == null ? "infinity" : at.toString(), r.id());
                });
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE (false");
        if (filter.applicant() != null) {
            where.append(" OR r.applicant = :applicant");
            parameters.put("applicant", filter.applicant());
        }
        reach(where, parameters, "organisation", filter.asking());
        reach(where, parameters, "owner", filter.owning());
        where.append(")");
        if (!filter.state().isBlank()) {
            where.append(" AND r.state = :state");
            parameters.put("state", filter.state());
        }
        if (filter.overdue()) {
            where.append(" AND r.state = 'IN_REVIEW' AND r.due < :now");
            parameters.put("now", Columns.at(filter.now()));
        }
        if (!filter.text().isBlank()) {
            where.append(
                    " AND strpos(lower(r.number || ' ' || r.dataset_title || ' ' || r.purpose"
                            + " || ' ' || r.applicant_name || ' ' || a.name), :text) > 0");
            parameters.put("text", filter.text().strip().toLowerCase(java.util.Locale.ROOT));
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
            where.append(" OR r.")
                    .append(column)
                    .append(" = ANY (:")
                    .append(column)
                    .append("::text[])");
            parameters.put(column, Columns.array(codes));
        }
    }

    void addEvent(String request, Request.Event event) {
        database.sql(
                        """
                        INSERT INTO sharing.request_event
                               (request, time, actor, actor_name, action, text_zh, text_en)
                        VALUES (:request::uuid, :time, :actor, :name, :action, :zh, :en)
                        """)
                .param("request", request)
                .param("time", Columns.at(event.time()))
                .param("actor", event.actor())
                .param("name", event.actorName())
                .param("action", event.action())
                .param("zh", event.text().zh())
                .param("en", event.text().en())
                .update();
    }

    List<Request.Event> events(String request) {
        return database.sql(
                        """
                        SELECT time, actor, actor_name, action, text_zh, text_en
                          FROM sharing.request_event WHERE request = :request::uuid ORDER BY id
                        """)
                .param("request", request)
                .query(
                        (row, n) ->
                                new Request.Event(
                                        Columns.time(row, "time"),
                                        row.getString("actor"),
                                        row.getString("actor_name"),
                                        row.getString("action"),
                                        new Words(
                                                row.getString("text_zh"),
                                                row.getString("text_en"))))
                .list();
    }

    private static Request read(ResultSet row, int number) throws SQLException {
        String assessment = row.getString("assessment");
        return new Request(
                row.getString("id"),
                row.getString("number"),
                Request.State.valueOf(row.getString("state")),
                row.getString("dataset"),
                row.getString("dataset_title"),
                row.getString("interface_name"),
                row.getString("application_name"),
                row.getString("organisation"),
                row.getString("owner"),
                row.getString("applicant"),
                row.getString("applicant_name"),
                new RequestBody(
                        row.getString("interface"),
                        row.getString("application"),
                        Columns.list(row, "fields"),
                        row.getString("purpose"),
                        row.getString("legal_basis"),
                        row.getString("matter"),
                        row.getObject("valid_until", LocalDate.class),
                        row.getInt("per_second"),
                        row.getLong("per_day"),
                        row.getObject("in_all", Long.class),
                        row.getBoolean("exports")),
                Columns.masks(row),
                Columns.time(row, "created"),
                Columns.instant(row, "due"),
                assessment == null ? null : Columns.read(assessment, ASSESSMENT),
                decision(row),
                row.getLong("version"));
    }

    private static Request.@Nullable Decision decision(ResultSet row) throws SQLException {
        String outcome = row.getString("decision");
        if (outcome == null) {
            return null;
        }
        return new Request.Decision(
                Request.Outcome.valueOf(outcome),
                row.getString("decided_by"),
                row.getString("decided_by_name"),
                row.getBoolean("decision_automatic"),
                Columns.time(row, "decided"),
                new Words(row.getString("reason_zh"), row.getString("reason_en")));
    }
}

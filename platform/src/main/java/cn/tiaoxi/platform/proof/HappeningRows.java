package cn.tiaoxi.platform.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The published views of the evidence as rows of one shape, and how such a row is read. */
@Component
class HappeningRows {
    static final String CHANGES =
            """
            SELECT record, time, 'CHANGE' AS kind, actor, organisation, action, object, outcome,
                   detail::text AS detail, '' AS origin, log_index, organisation AS owner
              FROM published.change
            """;
    static final String CALLS =
            """
            SELECT record, time, 'CALL' AS kind, application AS actor, organisation,
                   'call' AS action, 'interface:' || interface AS object, outcome,
                   json_build_object('grant', sharing_grant, 'purpose', purpose, 'matter', matter,
                                     'fields', array_to_string(fields, ','), 'rows', row_count,
                                     'bytes', byte_count, 'status', status, 'address', address,
                                     'key', key, 'request', request, 'dataset', dataset,
                                     'milliseconds', milliseconds, 'ended', ended,
                                     'overReturned', over_returned)::text AS detail,
                   origin, log_index, owner
              FROM published.call
            """;

    /** What gateways noticed; what they count at every call is left out. */
    static final String FINDINGS =
            """
            SELECT record, time, 'FINDING' AS kind, application AS actor, organisation,
                   'finding' AS action, 'interface:' || interface AS object, name AS outcome,
                   json_build_object('grant', sharing_grant, 'key', key, 'request', request,
                                     'amount', amount)::text AS detail,
                   origin, log_index, owner
              FROM published.call_mark
             WHERE name NOT IN ('WEAK', 'OVER_RETURN')
            """;

    private static final TypeReference<TreeMap<String, Object>> DETAIL = new TypeReference<>() {};

    private final JsonMapper json;

    HappeningRows(JsonMapper json) {
        this.json = json;
    }

    Happening read(ResultSet row, int number) throws SQLException {
        Map<String, String> detail = new TreeMap<>();
        json.readValue(row.getString("detail"), DETAIL)
                .forEach((name, value) -> detail.put(name, String.valueOf(value)));
        long index = row.getLong("log_index");
        boolean waiting = row.wasNull();
        return new Happening(
                row.getString("record"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("organisation"),
                row.getString("action"),
                row.getString("object"),
                row.getString("outcome"),
                detail,
                row.getString("origin"),
                waiting ? null : index,
                row.getString("owner"));
    }
}

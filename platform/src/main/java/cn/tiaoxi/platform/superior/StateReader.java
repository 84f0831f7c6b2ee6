package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads what is to be reported of things from views that modules publish, as JSON made in the
 * database: descriptions and states, never data, and nothing about persons.
 */
@Repository
class StateReader {
    private static final String CATALOGUE =
            """
            SELECT e.id::text AS id,
                   jsonb_build_object(
                       'code', e.code, 'title', e.title, 'organisation', e.organisation,
                       'state', e.state, 'summary', e.fields ->> 'summary',
                       'resourceClass', e.fields ->> 'resourceClass',
                       'theme', e.fields ->> 'theme',
                       'updatePeriod', e.fields ->> 'updatePeriod',
                       'sharing', e.fields ->> 'sharing', 'opening', e.fields ->> 'opening',
                       'fields', (SELECT jsonb_agg(jsonb_build_object(
                                             'name', c.name, 'label', c.label, 'type', c.type,
                                             'grade', c.grade) ORDER BY c.position)
                                    FROM published.dataset_column c
                                   WHERE c.dataset = e.id)) AS body
              FROM published.ledger_entry e
             WHERE e.type = 'dataset' AND e.state = 'PUBLISHED'
            """;
    private static final String INTERFACES =
            """
            SELECT i.id,
                   jsonb_build_object(
                       'title', i.name, 'organisation', i.organisation,
                       'state', CASE WHEN h.interface IS NULL THEN i.state ELSE 'SUSPENDED' END,
                       'kind', CASE WHEN i.dataset = '' THEN 'SERVICE' ELSE 'DATASET' END,
                       'dataset', i.dataset,
                       'fields', (SELECT jsonb_agg(jsonb_build_object(
                                             'name', f.name, 'label', f.label, 'type', f.type,
                                             'grade', f.grade) ORDER BY f.position)
                                    FROM published.interface_field f
                                   WHERE f.interface = i.id)) AS body
              FROM published.interface i
              LEFT JOIN published.interface_hold h
                     ON h.interface = i.id AND (h.until IS NULL OR h.until > now())
            """;
    private static final String VIOLATIONS =
            """
            SELECT id::text AS id,
                   jsonb_build_object(
                       'title', rule_zh, 'titleEn', rule_en, 'number', number, 'rule', rule,
                       'against', against,
                       'interface', CASE WHEN against = 'INTERFACE' THEN subject END,
                       'organisation', organisation, 'severity', severity, 'state', state,
                       'opened', opened, 'settled', settled) AS body
              FROM published.violation
            """;

    private final JdbcClient database;

    StateReader(JdbcClient database) {
        this.database = database;
    }

    /** JSON of all things of a kind by their identifiers. */
    Map<String, String> now(Protocol.Kind kind) {
        return switch (kind) {
            case CATALOGUE -> read(CATALOGUE);
            case INTERFACE -> read(INTERFACES);
            case VIOLATION -> read(VIOLATIONS);
            case TRAFFIC, ORDER ->
                    throw new IllegalArgumentException(kind + " is reported when it happens");
        };
    }

    private Map<String, String> read(String sql) {
        Map<String, String> all = new LinkedHashMap<>();
        database.sql(sql + " ORDER BY 1")
                .query(
                        row -> {
                            all.put(row.getString("id"), row.getString("body"));
                        });
        return all;
    }

    /** Digests of what was last put into reports. */
    Map<String, String> told(Protocol.Kind kind) {
        Map<String, String> told = new HashMap<>();
        database.sql("SELECT object, digest FROM superior.told WHERE kind = :kind")
                .param("kind", kind.name())
                .query(
                        row -> {
                            told.put(row.getString("object"), row.getString("digest"));
                        });
        return told;
    }

    void tell(Protocol.Kind kind, String object, String digest, java.time.Instant now) {
        database.sql(
                        """
                        INSERT INTO superior.told (kind, object, digest, time)
                        VALUES (:kind, :object, :digest, :now)
                            ON CONFLICT (kind, object) DO UPDATE
                               SET digest = excluded.digest, time = excluded.time
                        """)
                .param("kind", kind.name())
                .param("object", object)
                .param("digest", digest)
                .param("now", Times.at(now))
                .update();
    }

    void forget(Protocol.Kind kind, String object) {
        database.sql("DELETE FROM superior.told WHERE kind = :kind AND object = :object")
                .param("kind", kind.name())
                .param("object", object)
                .update();
    }

    /** The same value, as JSON for a report. */
    static Object json(String text) {
        return Wire.JSON.readTree(text);
    }
}

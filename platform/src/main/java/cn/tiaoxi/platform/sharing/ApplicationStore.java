package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Applications and their keys in the database. */
@Repository
class ApplicationStore {
    private static final String COLUMNS =
            """
            application.id::text AS id, name, description, organisation, active, trial, created,
            entry::text AS entry, responsible::text AS responsible, version,
            (SELECT jsonb_build_object('reason', jsonb_build_object('zh', s.reason_zh,
                        'en', s.reason_en), 'since', s.since, 'person', s.subject_title)::text
               FROM sharing.suspension s
              WHERE s.application = application.id AND s.key IS NULL AND s.lifted IS NULL
              ORDER BY s.since LIMIT 1) AS suspension
            """;
    private static final Map<String, String> SORTS = new TreeMap<>(Map.of("name", "name"));

    private static final TypeReference<Suspension> SUSPENSION = new TypeReference<>() {};

    private final JdbcClient database;

    ApplicationStore(JdbcClient database) {
        this.database = database;
    }

    /** Adds an application; false if the organisation has one of that name. */
    boolean add(Application wanted) {
        return database.sql(
                                """
                                INSERT INTO sharing.application
                                       (id, name, description, organisation, trial, created)
                                VALUES (:id::uuid, :name, :description, :organisation, :trial,
                                        :created)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("id", wanted.id())
                        .param("name", wanted.name())
                        .param("description", wanted.description())
                        .param("organisation", wanted.organisation())
                        .param("trial", wanted.trial())
                        .param("created", Columns.at(wanted.created()))
                        .update()
                == 1;
    }

    Optional<Application> find(String id) {
        if (!Identifiers.isIdentifier(id)) {
            return Optional.empty();
        }
        return one("WHERE id = :value::uuid", id);
    }

    Optional<Application> trial(String organisation) {
        return one("WHERE trial AND organisation = :value", organisation);
    }

    private Optional<Application> one(String where, String value) {
        return database.sql("SELECT " + COLUMNS + " FROM sharing.application " + where)
                .param("value", value)
                .query(ApplicationStore::read)
                .optional()
                .map(a -> withKeys(List.of(a)).getFirst());
    }

    /** Whether another application of the organisation has that name. */
    boolean isTaken(Application application, String name) {
        return database.sql(
                                """
                                SELECT count(*) FROM sharing.application
                                 WHERE organisation = :organisation AND name = :name
                                   AND id <> :id::uuid
                                """)
                        .param("organisation", application.organisation())
                        .param("name", name)
                        .param("id", application.id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean update(Application before, String name, String description, boolean active) {
        return database.sql(
                                """
                                UPDATE sharing.application
                                   SET name = :name, description = :description,
                                       active = :active, version = version + 1
                                 WHERE id = :id::uuid AND version = :version
                                """)
                        .param("name", name)
                        .param("description", description)
                        .param("active", active)
                        .param("id", before.id())
                        .param("version", before.version())
                        .update()
                == 1;
    }

    /**
     * Part of the list.
     *
     * @param reach codes of the organisations whose applications may be seen, empty for all
     */
    Page<Application> list(Set<String> reach, String text, String organisation, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE true");
        if (!reach.isEmpty()) {
            where.append(" AND organisation = ANY (:reach::text[])");
            parameters.put("reach", Columns.array(reach));
        }
        if (!organisation.isBlank()) {
            where.append(" AND organisation = :organisation");
            parameters.put("organisation", organisation);
        }
        if (!text.isBlank()) {
            where.append(" AND strpos(lower(name || ' ' || description), :text) > 0");
            parameters.put("text", text.strip().toLowerCase(java.util.Locale.ROOT));
        }
        Slice.Order order = slice.order(SORTS, "name");
        long total =
                database.sql("SELECT count(*) FROM sharing.application" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        List<Application> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM sharing.application"
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "application.id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(ApplicationStore::read)
                        .list();
        return slice.page(withKeys(rows), total, a -> new Slice.Position(a.name(), a.id()));
    }

    /** How many grants in force each application holds. */
    Map<String, Long> grants(Instant now) {
        Map<String, Long> counts = new HashMap<>();
        database.sql(
                        """
                        SELECT application::text AS application, count(*) AS count
                          FROM sharing.sharing_grant
                         WHERE revoked IS NULL AND valid_until > :now
                         GROUP BY application
                        """)
                .param("now", Columns.at(now))
                .query(
                        (ResultSet row) -> {
                            counts.put(row.getString("application"), row.getLong("count"));
                        });
        return counts;
    }

    /** Names the entry in the ledger and the key person who answers for the keys. */
    boolean answer(Application before, @Nullable String entry, @Nullable String responsible) {
        return database.sql(
                                """
                                UPDATE sharing.application
                                   SET entry = :entry::uuid, responsible = :responsible::uuid,
                                       version = version + 1
                                 WHERE id = :id::uuid AND version = :version
                                """)
                        .param("entry", entry)
                        .param("responsible", responsible)
                        .param("id", before.id())
                        .param("version", before.version())
                        .update()
                == 1;
    }

    /** Applications that a key person answers for. */
    List<Application> ofResponsible(String person) {
        return several("WHERE responsible = :value::uuid", person);
    }

    /** Applications with a key that somebody made. */
    List<Application> withKeysOf(String username) {
        return several(
                """
                WHERE id IN (SELECT k.application FROM sharing.application_key k
                              WHERE k.made_by = :value AND k.revoked IS NULL)
                """,
                username);
    }

    /** Applications that are these entries of the ledger. */
    List<Application> ofEntries(Collection<String> entries) {
        return several("WHERE entry = ANY (:value::uuid[])", Columns.array(entries));
    }

    /** Applications of these organisations, at most so many; all without any. */
    List<Application> ofOrganisations(Collection<String> codes, int limit) {
        return several(
                "WHERE NOT trial AND (cardinality(:value::text[]) = 0"
                        + " OR organisation = ANY (:value::text[])) ORDER BY name LIMIT "
                        + limit,
                Columns.array(codes));
    }

    private List<Application> several(String where, Object value) {
        return withKeys(
                database.sql("SELECT " + COLUMNS + " FROM sharing.application " + where)
                        .param("value", value)
                        .query(ApplicationStore::read)
                        .list());
    }

    /** Adds a key; false if its certificate is another key's already. */
    boolean addKey(String application, Application.Key key, String material) {
        ShownCertificate certificate = key.certificate();
        return database.sql(
                                """
                        INSERT INTO sharing.application_key
                               (id, application, algorithm, material, created, not_before,
                                not_after, made_by, addresses, certificate)
                        VALUES (:id, :application::uuid, :algorithm, :material, :created, :from,
                                :until, :madeBy, :addresses::text[], :certificate)
                        ON CONFLICT (material) WHERE algorithm = 'MUTUAL_TLS' AND revoked IS NULL
                        DO NOTHING
                        """)
                        .param("id", key.id())
                        .param("application", application)
                        .param("algorithm", key.algorithm().name())
                        .param("material", material)
                        .param("created", Columns.at(key.created()))
                        .param("from", Columns.at(key.notBefore()))
                        .param("until", Columns.at(key.notAfter()))
                        .param("madeBy", key.madeBy())
                        .param("addresses", Columns.array(key.addresses()))
                        .param("certificate", certificate == null ? null : certificate.pem())
                        .update()
                == 1;
    }

    /** Lets the keys of the new one's style that are in force end then, if they do not before. */
    void endKeys(String application, Application.Key made, Instant end) {
        List<String> algorithms =
                Stream.of(Algorithm.values())
                        .filter(a -> a.style() == made.algorithm().style())
                        .map(Algorithm::name)
                        .toList();
        database.sql(
                        """
                        UPDATE sharing.application_key SET not_after = :end
                         WHERE application = :application::uuid AND id <> :except
                           AND algorithm = ANY (:algorithms::text[])
                           AND revoked IS NULL AND (not_after IS NULL OR not_after > :end)
                        """)
                .param("end", Columns.at(end))
                .param("application", application)
                .param("except", made.id())
                .param("algorithms", Columns.array(algorithms))
                .update();
    }

    /** Changes a key; false if it is not one of the application's keys that are not revoked. */
    boolean changeKey(
            String application, String key, List<String> addresses, boolean off, Instant now) {
        return database.sql(
                                """
                                UPDATE sharing.application_key
                                   SET addresses = :addresses::text[],
                                       switched_off = CASE WHEN :off
                                           THEN coalesce(switched_off, :now) END
                                 WHERE application = :application::uuid AND id = :key
                                   AND revoked IS NULL
                                """)
                        .param("addresses", Columns.array(addresses))
                        .param("off", off)
                        .param("now", Columns.at(now))
                        .param("application", application)
                        .param("key", key)
                        .update()
                == 1;
    }

    /** Revokes a key; false if it is not one of the application's keys in force. */
    boolean revokeKey(String application, String key, Instant now) {
        return database.sql(
                                """
                                UPDATE sharing.application_key SET revoked = :now
                                 WHERE application = :application::uuid AND id = :key
                                   AND revoked IS NULL
                                """)
                        .param("now", Columns.at(now))
                        .param("application", application)
                        .param("key", key)
                        .update()
                == 1;
    }

    /** An HMAC key in force with its sealed secret. */
    record SealedKey(String id, String material) {}

    Optional<SealedKey> hmacKey(String application, Instant now) {
        return database.sql(
                        """
                        SELECT id, material FROM sharing.application_key
                         WHERE application = :application::uuid AND algorithm = 'HMAC_SHA256'
                           AND revoked IS NULL AND switched_off IS NULL AND not_before <= :now
                           AND (not_after IS NULL OR not_after > :now)
                           AND NOT EXISTS (SELECT FROM sharing.suspension s
                                            WHERE s.key = application_key.id AND s.lifted IS NULL)
                         ORDER BY cardinality(addresses) = 0 DESC, created DESC LIMIT 1
                        """)
                .param("application", application)
                .param("now", Columns.at(now))
                .query((row, n) -> new SealedKey(row.getString("id"), row.getString("material")))
                .optional();
    }

    private List<Application> withKeys(List<Application> applications) {
        Map<String, List<Application.Key>> keys =
                keys(applications.stream().map(Application::id).toList());
        return applications.stream()
                .map(a -> a.withKeys(keys.getOrDefault(a.id(), List.of())))
                .toList();
    }

    private Map<String, List<Application.Key>> keys(Collection<String> applications) {
        Map<String, List<Application.Key>> keys = new HashMap<>();
        database.sql(
                        """
                        SELECT k.id, k.application::text AS application, k.algorithm, k.created,
                               k.not_before, k.not_after, k.revoked, k.made_by,
                               k.addresses, k.switched_off, k.certificate,
                               EXISTS (SELECT FROM sharing.suspension s
                                        WHERE s.key = k.id AND s.lifted IS NULL) AS suspended,
                               (SELECT max(c.time) FROM published.call c
                                 WHERE c.key = k.id AND c.outcome = 'OK') AS last_used
                          FROM sharing.application_key k
                         WHERE k.application = ANY (:applications::uuid[])
                         ORDER BY k.created DESC, k.id
                        """)
                .param("applications", Columns.array(applications))
                .query(
                        (ResultSet row) -> {
                            keys.computeIfAbsent(
                                            row.getString("application"), a -> new ArrayList<>())
                                    .add(key(row));
                        });
        return keys;
    }

    private static Application.Key key(ResultSet row) throws SQLException {
        @Nullable Instant notAfter = Columns.instant(row, "not_after");
        String certificate = row.getString("certificate");
        return new Application.Key(
                row.getString("id"),
                Algorithm.valueOf(row.getString("algorithm")),
                Columns.time(row, "created"),
                Columns.time(row, "not_before"),
                notAfter,
                Columns.instant(row, "revoked"),
                Columns.instant(row, "last_used"),
                row.getString("made_by"),
                row.getBoolean("suspended"),
                Columns.list(row, "addresses"),
                Columns.instant(row, "switched_off"),
                certificate == null ? null : ShownCertificate.kept(certificate));
    }

    private static Application read(ResultSet row, int number) throws SQLException {
        String suspension = row.getString("suspension");
        return new Application(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("organisation"),
                row.getBoolean("active"),
                row.getBoolean("trial"),
                Columns.time(row, "created"),
                List.of(),
                row.getString("entry"),
                row.getString("responsible"),
                suspension == null ? null : Columns.read(suspension, SUSPENSION),
                row.getLong("version"));
    }
}

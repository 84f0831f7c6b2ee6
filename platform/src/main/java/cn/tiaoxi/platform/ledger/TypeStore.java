package cn.tiaoxi.platform.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Versions of types in the database. */
@Repository
class TypeStore {
    private static final String SELECT =
            """
            SELECT type, version, yaml, sha256, origin, state, username, name, organisation, reason,
                   created, activated, inspected
              FROM ledger.type_version
            """;

    private final JdbcClient database;

    TypeStore(JdbcClient database) {
        this.database = database;
    }

    /** The versions in force, of all types. */
    List<TypeVersion> active() {
        return database.sql(SELECT + " WHERE state = 'ACTIVE' ORDER BY type")
                .query(TypeStore::version)
                .list();
    }

    /** The newest version of a type that came from its file. */
    Optional<TypeVersion> newestOfFile(String type) {
        return database.sql(
                        SELECT
                                + """
                                 WHERE type = :type AND origin = 'FILE'
                                 ORDER BY version DESC LIMIT 1
                                """)
                .param("type", type)
                .query(TypeStore::version)
                .optional();
    }

    /** All versions of a type, newest first. */
    List<TypeVersion> all(String type) {
        return database.sql(SELECT + " WHERE type = :type ORDER BY version DESC")
                .param("type", type)
                .query(TypeStore::version)
                .list();
    }

    Optional<TypeVersion> find(String type, int version) {
        return database.sql(SELECT + " WHERE type = :type AND version = :version")
                .param("type", type)
                .param("version", version)
                .query(TypeStore::version)
                .optional();
    }

    /** The versions in force whose rules have not gone over all entries yet. */
    List<TypeVersion> uninspected() {
        return database.sql(SELECT + " WHERE state = 'ACTIVE' AND NOT inspected ORDER BY type")
                .query(TypeStore::version)
                .list();
    }

    void inspected(String type, int version) {
        database.sql(
                        """
                        UPDATE ledger.type_version SET inspected = true
                         WHERE type = :type AND version = :version
                        """)
                .param("type", type)
                .param("version", version)
                .update();
    }

    /** Holds all changes of a type until the transaction ends. */
    void lock(String type) {
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended('ledger type ' || :type, 0))")
                .param("type", type)
                .query((row, n) -> 0)
                .list();
    }

    int nextVersion(String type) {
        return database.sql(
                        """
                        SELECT coalesce(max(version), 0) + 1 FROM ledger.type_version
                         WHERE type = :type
                        """)
                .param("type", type)
                .query(Integer.class)
                .single();
    }

    /** Retires what is in force or proposed. */
    void retire(String type) {
        database.sql(
                        """
                        UPDATE ledger.type_version SET state = 'RETIRED'
                         WHERE type = :type AND state <> 'RETIRED'
                        """)
                .param("type", type)
                .update();
    }

    /** Retires what is proposed. */
    void passOver(String type) {
        database.sql(
                        """
                        UPDATE ledger.type_version SET state = 'RETIRED'
                         WHERE type = :type AND state = 'PROPOSED'
                        """)
                .param("type", type)
                .update();
    }

    /**
     * @param weight what its rules weigh together
     */
    void add(TypeVersion version, int weight) {
        Instant activated = version.activated();
        database.sql(
                        """
                        INSERT INTO ledger.type_version
                               (type, version, yaml, sha256, origin, state, username, name,
                                organisation, reason, created, activated, inspected, weight)
                        VALUES (:type, :version, :yaml, :sha256, :origin, :state, :username, :name,
                                :organisation, :reason, :created, :activated, :inspected, :weight)
                        """)
                .param("type", version.type())
                .param("version", version.version())
                .param("yaml", version.yaml())
                .param("sha256", version.sha256())
                .param("origin", version.origin().name())
                .param("state", version.state().name())
                .param("username", version.author().username())
                .param("name", version.author().name())
                .param("organisation", version.author().organisation())
                .param("reason", version.reason())
                .param("created", version.created().atOffset(ZoneOffset.UTC))
                .param("activated", activated == null ? null : activated.atOffset(ZoneOffset.UTC))
                .param("inspected", version.inspected())
                .param("weight", weight)
                .update();
    }

    /** Says what the rules of a version weigh together, where that is not known yet. */
    void weigh(TypeVersion version, int weight) {
        database.sql(
                        """
                        UPDATE ledger.type_version SET weight = :weight
                         WHERE type = :type AND version = :version AND weight <> :weight
                        """)
                .param("weight", weight)
                .param("type", version.type())
                .param("version", version.version())
                .update();
    }

    private static TypeVersion version(ResultSet row, int number) throws SQLException {
        @Nullable String reason = row.getString("reason");
        @Nullable OffsetDateTime activated = row.getObject("activated", OffsetDateTime.class);
        return new TypeVersion(
                row.getString("type"),
                row.getInt("version"),
                row.getString("yaml"),
                row.getString("sha256"),
                TypeVersion.Origin.valueOf(row.getString("origin")),
                TypeVersion.State.valueOf(row.getString("state")),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                reason,
                row.getObject("created", OffsetDateTime.class).toInstant(),
                activated == null ? null : activated.toInstant(),
                row.getBoolean("inspected"));
    }
}

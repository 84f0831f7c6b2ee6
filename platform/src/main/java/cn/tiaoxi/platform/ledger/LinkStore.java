package cn.tiaoxi.platform.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** References between entries, and the values that no two may share. */
@Repository
class LinkStore {
    private final JdbcClient database;

    LinkStore(JdbcClient database) {
        this.database = database;
    }

    /** Makes the references of an entry those; the key is the field. */
    void replace(String source, Map<String, ? extends Collection<String>> targets) {
        database.sql("DELETE FROM ledger.link WHERE source = :source::uuid")
                .param("source", source)
                .update();
        targets.forEach(
                (field, ids) -> {
                    if (!ids.isEmpty()) {
                        database.sql(
                                        """
                                        INSERT INTO ledger.link (source, field, target)
                                        SELECT :source::uuid, :field, t
                                          FROM unnest(:targets::uuid[]) AS t
                                            ON CONFLICT DO NOTHING
                                        """)
                                .param("source", source)
                                .param("field", field)
                                .param("targets", ids.toArray(String[]::new))
                                .update();
                    }
                });
    }

    /** The references from and to these entries, at most so many. */
    List<Link> around(Collection<String> entries, int limit) {
        return database.sql(
                        """
                        SELECT source, field, target FROM ledger.link
                         WHERE source = ANY (:ids::uuid[]) OR target = ANY (:ids::uuid[])
                         ORDER BY source, field, target LIMIT :limit
                        """)
                .param("ids", entries.toArray(String[]::new))
                .param("limit", limit)
                .query(
                        (row, n) ->
                                new Link(
                                        row.getString("source"),
                                        row.getString("field"),
                                        row.getString("target")))
                .list();
    }

    /** The entries that refer to one, at most so many. */
    Set<String> referring(String target, int limit) {
        return new HashSet<>(
                database.sql(
                                """
                                SELECT DISTINCT source::text FROM ledger.link
                                 WHERE target = :target::uuid LIMIT :limit
                                """)
                        .param("target", target)
                        .param("limit", limit)
                        .query(String.class)
                        .list());
    }

    /** Whether an entry stands, over that field, somewhere above another or is it. */
    boolean isAbove(String upper, String lower, String field) {
        return database.sql(
                        """
                        WITH RECURSIVE up (id) AS (
                            SELECT :lower::uuid
                             UNION
                            SELECT l.target FROM ledger.link l JOIN up ON l.source = up.id
                             WHERE l.field = :field)
                        SELECT EXISTS (SELECT FROM up WHERE id = :upper::uuid)
                        """)
                .param("upper", upper)
                .param("lower", lower)
                .param("field", field)
                .query(Boolean.class)
                .single();
    }

    /** Gives up the values that an entry alone may have. */
    void release(String entry) {
        database.sql("DELETE FROM ledger.unique_key WHERE entry = :entry::uuid")
                .param("entry", entry)
                .update();
    }

    /** Takes a value for an entry; answers the entry that has it already, if another one does. */
    Optional<String> claim(String type, String key, String entry) {
        int taken =
                database.sql(
                                """
                                INSERT INTO ledger.unique_key (type, key, entry)
                                VALUES (:type, :key, :entry::uuid) ON CONFLICT DO NOTHING
                                """)
                        .param("type", type)
                        .param("key", key)
                        .param("entry", entry)
                        .update();
        return taken == 1
                ? Optional.empty()
                : database.sql(
                                """
                                SELECT entry::text FROM ledger.unique_key
                                 WHERE type = :type AND key = :key
                                """)
                        .param("type", type)
                        .param("key", key)
                        .query(String.class)
                        .optional();
    }
}

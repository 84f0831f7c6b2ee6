package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Identifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Codes of entries in the database: which there are, and the next ones. */
@Repository
class CodeStore {
    private final JdbcClient database;

    CodeStore(JdbcClient database) {
        this.database = database;
    }

    /** The first of so many next numbers within a scope; others wait until the transaction ends. */
    long nextNumbers(String type, String scope, int count) {
        return database.sql(
                                """
                                INSERT INTO ledger.sequence (type, scope, last)
                                VALUES (:type, :scope, :count)
                                    ON CONFLICT (type, scope) DO UPDATE
                                   SET last = sequence.last + :count
                                RETURNING last
                                """)
                        .param("type", type)
                        .param("scope", scope)
                        .param("count", count)
                        .query(Long.class)
                        .single()
                - count
                + 1;
    }

    /** Entries of a ledger by identifier or code; the key is what was given. */
    Map<String, Lookup.Target> targets(String type, Collection<String> idsOrCodes) {
        List<String> ids = idsOrCodes.stream().filter(Identifiers::isIdentifier).toList();
        List<String> codes = idsOrCodes.stream().filter(t -> !Identifiers.isIdentifier(t)).toList();
        Map<String, Lookup.Target> found = new HashMap<>();
        database.sql(
                        """
                        SELECT id, code, removed IS NOT NULL AS gone FROM ledger.entry
                         WHERE type = :type AND (id = ANY (:ids::uuid[]) OR code = ANY (:codes::text[]))
                        """)
                .param("type", type)
                .param("ids", ids.toArray(String[]::new))
                .param("codes", codes.toArray(String[]::new))
                .query(
                        (row, n) -> {
                            Lookup.Target target =
                                    new Lookup.Target(row.getString("id"), row.getBoolean("gone"));
                            found.put(target.id(), target);
                            found.put(row.getString("code"), target);
                            return target;
                        })
                .list();
        return found;
    }

    /** The codes of the entries that have one of these titles. */
    Map<String, List<String>> codesByTitle(String type, Collection<String> titles) {
        Map<String, List<String>> found = new HashMap<>();
        database.sql(
                        """
                        SELECT code, title FROM ledger.entry
                         WHERE type = :type AND title = ANY (:titles::text[]) AND removed IS NULL
                         ORDER BY code
                        """)
                .param("type", type)
                .param("titles", titles.toArray(String[]::new))
                .query(
                        (row, n) ->
                                found.computeIfAbsent(
                                                row.getString("title"), t -> new ArrayList<>())
                                        .add(row.getString("code")))
                .list();
        return found;
    }

    Map<String, String> codes(Collection<String> ids) {
        Map<String, String> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.sql("SELECT id, code FROM ledger.entry WHERE id = ANY (:ids::uuid[])")
                    .param("ids", ids.toArray(String[]::new))
                    .query((row, n) -> found.put(row.getString("id"), row.getString("code")))
                    .list();
        }
        return found;
    }
}

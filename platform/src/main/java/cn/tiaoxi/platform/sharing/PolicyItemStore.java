package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The policy's items as they travel, in the database. */
@Repository
class PolicyItemStore {
    private static final int ROWS_AT_ONCE = 1_000;

    private final JdbcClient database;

    PolicyItemStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * A version that was made of items.
     *
     * @param form of the records, as {@code PolicyCodec.form} says
     */
    record Made(long version, PolicyDigest digest, String form) {}

    /** A thing that may have changed. */
    record Touched(PolicyItem.Kind kind, String id) {}

    /** An item as it is kept, without content where it was taken away. */
    record Kept(PolicyItem item, @Nullable Instant changes) {}

    /** Lets one platform at a time make items; before anything else in a transaction. */
    void lock() {
        // A lock takes no snapshot: what is read afterwards is as of having it.
        database.sql("LOCK TABLE sharing.policy_made IN EXCLUSIVE MODE").update();
    }

    Optional<Made> last() {
        return database.sql(
                        """
                        SELECT version, digest, form FROM sharing.policy_made
                         ORDER BY version DESC LIMIT 1
                        """)
                .query((row, n) -> made(row))
                .optional();
    }

    Optional<Made> made(long version) {
        return database.sql(
                        """
                        SELECT version, digest, form FROM sharing.policy_made
                         WHERE version = :version
                        """)
                .param("version", version)
                .query((row, n) -> made(row))
                .optional();
    }

    private static Made made(ResultSet row) throws SQLException {
        return new Made(
                row.getLong("version"),
                PolicyDigest.parse(row.getString("digest")),
                row.getString("form"));
    }

    void add(Made made, Instant now) {
        database.sql(
                        """
                        INSERT INTO sharing.policy_made (version, digest, form, made)
                        VALUES (:version, :digest, :form, :now)
                        """)
                .param("version", made.version())
                .param("digest", made.digest().toString())
                .param("form", made.form())
                .param("now", Columns.at(now))
                .update();
    }

    /** Takes what may have changed: just what was committed when the transaction began to read. */
    List<Touched> takeTouched() {
        return database.sql(
                        """
                        WITH taken AS (DELETE FROM sharing.policy_touched RETURNING kind, id)
                        SELECT DISTINCT kind, id FROM taken
                        """)
                .query(
                        (row, n) ->
                                new Touched(
                                        PolicyItem.Kind.valueOf(row.getString("kind")),
                                        row.getString("id")))
                .list();
    }

    Map<String, Kept> find(PolicyItem.Kind kind, Collection<String> ids) {
        Map<String, Kept> found = new HashMap<>();
        database.sql(
                        """
                        SELECT kind, id, content, changes FROM sharing.policy_item
                         WHERE kind = :kind AND id = ANY(:ids)
                        """)
                .param("kind", kind.name())
                .param("ids", Columns.array(ids))
                .query(
                        (ResultSet row) -> {
                            PolicyItem item = item(row);
                            found.put(item.id(), new Kept(item, Columns.instant(row, "changes")));
                        });
        return found;
    }

    private static PolicyItem item(ResultSet row) throws SQLException {
        return new PolicyItem(
                PolicyItem.Kind.valueOf(row.getString("kind")),
                row.getString("id"),
                row.getBytes("content"));
    }

    /** Writes items of a version; what did not change in content keeps its version. */
    void write(long version, List<Kept> items) {
        if (items.isEmpty()) {
            return;
        }
        List<String> kinds = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        byte[][] contents = new byte[items.size()][];
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Kept kept = items.get(i);
            kinds.add(kept.item().kind().name());
            ids.add(kept.item().id());
            contents[i] = kept.item().content();
            Instant moment = kept.changes();
            changes.add(moment == null ? "" : moment.toString());
        }
        database.sql(
                        """
                        INSERT INTO sharing.policy_item (kind, id, version, content, changes)
                        SELECT kind, id, :version, content, nullif(changes, '')::timestamptz
                          FROM unnest(:kinds::text[], :ids::text[], :contents::bytea[],
                                      :changes::text[]) AS new (kind, id, content, changes)
                            ON CONFLICT (kind, id) DO UPDATE
                               SET version = CASE WHEN policy_item.content
                                                       IS NOT DISTINCT FROM excluded.content
                                                  THEN policy_item.version
                                                  ELSE excluded.version END,
                                   content = excluded.content, changes = excluded.changes
                        """)
                .param("version", version)
                .param("kinds", Columns.array(kinds))
                .param("ids", Columns.array(ids))
                .param("contents", contents)
                .param("changes", Columns.array(changes))
                .update();
    }

    /** How many items changed after a version, counted no further than the limit. */
    long countChanged(long after, int limit) {
        return database.sql(
                        """
                        SELECT count(*) FROM (SELECT FROM sharing.policy_item
                                               WHERE version > :after LIMIT :limit) AS few
                        """)
                .param("after", after)
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    List<PolicyItem> changed(long after) {
        return database.sql(
                        """
                        SELECT kind, id, content FROM sharing.policy_item
                         WHERE version > :after ORDER BY kind, id
                        """)
                .param("after", after)
                .query((row, n) -> item(row))
                .list();
    }

    /** Hands over all that the policy holds, row by row. Within a transaction. */
    void all(Consumer<PolicyItem> taker) {
        database.sql(
                        """
                        SELECT kind, id, content FROM sharing.policy_item
                         WHERE content IS NOT NULL ORDER BY kind, id
                        """)
                .withFetchSize(ROWS_AT_ONCE)
                .query((ResultSet row) -> taker.accept(item(row)));
    }

    /** Forgets everything that was made. */
    void clear() {
        database.sql("DELETE FROM sharing.policy_item").update();
        database.sql("DELETE FROM sharing.policy_made").update();
    }

    /** Touches what time alone has changed; whether there was any. */
    boolean touchDue(Instant now, int most) {
        return database.sql(
                                """
                                SELECT count(sharing.touch_policy(kind, id))
                                  FROM (SELECT kind, id FROM sharing.policy_item
                                         WHERE changes <= :now ORDER BY changes LIMIT :most) AS due
                                """)
                        .param("now", Columns.at(now))
                        .param("most", most)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Forgets versions older than that, save the last, and what only they needed. */
    void forget(Instant before) {
        database.sql(
                        """
                        DELETE FROM sharing.policy_made
                         WHERE made < :before
                           AND version < (SELECT max(version) FROM sharing.policy_made)
                        """)
                .param("before", Columns.at(before))
                .update();
        database.sql(
                        """
                        DELETE FROM sharing.policy_item
                         WHERE content IS NULL
                           AND version <= (SELECT min(version) FROM sharing.policy_made)
                        """)
                .update();
    }
}

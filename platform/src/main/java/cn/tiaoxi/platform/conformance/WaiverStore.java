package cn.tiaoxi.platform.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Waivers in the database. */
@Repository
class WaiverStore {
    private final JdbcClient database;

    WaiverStore(JdbcClient database) {
        this.database = database;
    }

    /** A waiver of an item of an application. */
    record Kept(
            String entry,
            String item,
            Checklist.Waiver waiver,
            @Nullable Instant withdrawn,
            @Nullable String withdrawnBy,
            @Nullable String withdrawnReason) {}

    private static final String COLUMNS =
            """
            id::text AS id, entry::text AS entry, item, reason, valid_until, given, given_by_name,
            withdrawn, withdrawn_by_name, withdrawn_reason
            """;

    /** Waivers that count on that day, by application and item. */
    Map<String, Map<String, Checklist.Waiver>> inForce(
            Collection<String> entries, LocalDate today) {
        Map<String, Map<String, Checklist.Waiver>> found = new HashMap<>();
        database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM conformance.waiver
                                 WHERE entry = ANY (:entries::uuid[]) AND withdrawn IS NULL
                                   AND valid_until >= :today
                                """)
                .param("entries", entries.toArray(String[]::new))
                .param("today", today)
                .query(WaiverStore::read)
                .list()
                .forEach(
                        k ->
                                found.computeIfAbsent(k.entry(), e -> new HashMap<>())
                                        .put(k.item(), k.waiver()));
        return found;
    }

    /** All waivers of an application, newest first. */
    List<Kept> of(String entry) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM conformance.waiver WHERE entry = :entry::uuid"
                                + " ORDER BY given DESC, id")
                .param("entry", entry)
                .query(WaiverStore::read)
                .list();
    }

    /** Adds a waiver in place of the one in force. */
    void add(String entry, String item, Checklist.Waiver waiver, String by) {
        database.sql(
                        """
                        UPDATE conformance.waiver
                           SET withdrawn = :given, withdrawn_by = :by, withdrawn_by_name = :name,
                               withdrawn_reason = :reason
                         WHERE entry = :entry::uuid AND item = :item AND withdrawn IS NULL
                        """)
                .param("given", waiver.given().atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("name", waiver.byName())
                .param("reason", waiver.reason())
                .param("entry", entry)
                .param("item", item)
                .update();
        database.sql(
                        """
                        INSERT INTO conformance.waiver
                               (id, entry, item, reason, valid_until, given, given_by,
                                given_by_name)
                        VALUES (:id::uuid, :entry::uuid, :item, :reason, :until, :given, :by,
                                :name)
                        """)
                .param("id", waiver.id())
                .param("entry", entry)
                .param("item", item)
                .param("reason", waiver.reason())
                .param("until", waiver.until())
                .param("given", waiver.given().atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("name", waiver.byName())
                .update();
    }

    /** Withdraws the waiver of an item; false if there is none in force. */
    boolean withdraw(
            String entry,
            String item,
            LocalDate today,
            Instant now,
            String by,
            String byName,
            String reason) {
        return database.sql(
                                """
                                UPDATE conformance.waiver
                                   SET withdrawn = :now, withdrawn_by = :by,
                                       withdrawn_by_name = :name, withdrawn_reason = :reason
                                 WHERE entry = :entry::uuid AND item = :item
                                   AND withdrawn IS NULL AND valid_until >= :today
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .param("name", byName)
                        .param("reason", reason)
                        .param("entry", entry)
                        .param("item", item)
                        .param("today", today)
                        .update()
                == 1;
    }

    private static Kept read(ResultSet row, int number) throws SQLException {
        OffsetDateTime withdrawn = row.getObject("withdrawn", OffsetDateTime.class);
        return new Kept(
                row.getString("entry"),
                row.getString("item"),
                new Checklist.Waiver(
                        row.getString("id"),
                        row.getString("reason"),
                        row.getObject("valid_until", LocalDate.class),
                        row.getString("given_by_name"),
                        row.getObject("given", OffsetDateTime.class).toInstant()),
                withdrawn == null ? null : withdrawn.toInstant(),
                row.getString("withdrawn_by_name"),
                row.getString("withdrawn_reason"));
    }
}

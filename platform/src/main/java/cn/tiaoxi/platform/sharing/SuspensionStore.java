package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Suspended applications and keys in the database. */
@Repository
class SuspensionStore {
    private final JdbcClient database;

    SuspensionStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * What a suspension follows from.
     *
     * @param loss the loss of access
     * @param subject entry of the key person or vendor
     */
    record Cause(String loss, String subject, String title, Words reason) {}

    /** Suspends an application, or one key of it; false if it is suspended for that already. */
    boolean add(String application, @Nullable String key, Cause cause, Instant now) {
        return database.sql(
                                """
                                INSERT INTO sharing.suspension
                                       (id, application, key, loss, subject, subject_title,
                                        reason_zh, reason_en, since)
                                VALUES (:id::uuid, :application::uuid, :key, :loss::uuid,
                                        :subject::uuid, :title, :zh, :en, :now)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("id", Identifiers.next())
                        .param("application", application)
                        .param("key", key)
                        .param("loss", cause.loss())
                        .param("subject", cause.subject())
                        .param("title", cause.title())
                        .param("zh", cause.reason().zh())
                        .param("en", cause.reason().en())
                        .param("now", Columns.at(now))
                        .update()
                == 1;
    }

    /** Keys in force that somebody made, with their applications. */
    List<MadeKey> keysOf(String username) {
        return database.sql(
                        """
                        SELECT id, application::text AS application FROM sharing.application_key
                         WHERE made_by = :username AND revoked IS NULL ORDER BY id
                        """)
                .param("username", username)
                .query((row, n) -> new MadeKey(row.getString("id"), row.getString("application")))
                .list();
    }

    /** A key and its application. */
    record MadeKey(String id, String application) {}

    /** Ends all suspensions of a loss; returns their applications. */
    List<String> lift(String loss, Instant now, String by, String reason) {
        return database.sql(
                        """
                        UPDATE sharing.suspension
                           SET lifted = :now, lifted_by = :by, lifted_reason = :reason
                         WHERE loss = :loss::uuid AND lifted IS NULL
                        RETURNING application::text
                        """)
                .param("now", Columns.at(now))
                .param("by", by)
                .param("reason", reason)
                .param("loss", loss)
                .query(String.class)
                .list();
    }

    /** Ends the suspensions of an application as a whole; its keys stay suspended. */
    int liftWhole(String application, Instant now, String by, String reason) {
        return database.sql(
                        """
                        UPDATE sharing.suspension
                           SET lifted = :now, lifted_by = :by, lifted_reason = :reason
                         WHERE application = :application::uuid AND key IS NULL
                           AND lifted IS NULL
                        """)
                .param("now", Columns.at(now))
                .param("by", by)
                .param("reason", reason)
                .param("application", application)
                .update();
    }

    /** Revokes the keys of an application that are suspended; returns them. */
    List<String> revokeSuspended(String application, Instant now) {
        return database.sql(
                        """
                        UPDATE sharing.application_key k SET revoked = :now
                         WHERE k.application = :application::uuid AND k.revoked IS NULL
                           AND EXISTS (SELECT FROM sharing.suspension s
                                        WHERE s.key = k.id AND s.lifted IS NULL)
                        RETURNING k.id
                        """)
                .param("now", Columns.at(now))
                .param("application", application)
                .query(String.class)
                .list();
    }
}

package cn.tiaoxi.platform.personnel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Losses of access in the database. */
@Repository
class LossStore {
    private static final String LOSS =
            """
            SELECT id::text AS id, subject::text AS subject, username, switched_off, reasons, time,
                   by, by_name, restored, restored_by_name, restored_reason
              FROM personnel.loss
            """;

    private final JdbcClient database;

    LossStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Holds what concerns an account until the transaction ends: a loss and the giving of something
     * new cannot pass each other.
     */
    void lockAccount(String username) {
        database.sql("SELECT pg_advisory_xact_lock(hashtext(:key))")
                .param("key", "personnel.account:" + username)
                .query((row, n) -> true)
                .list();
    }

    void add(Loss loss) {
        database.sql(
                        """
                        INSERT INTO personnel.loss
                               (id, subject, username, switched_off, reasons, time, by, by_name)
                        VALUES (:id::uuid, :subject::uuid, :username, :switchedOff,
                                :reasons::text[], :time, :by, :byName)
                        """)
                .param("id", loss.id())
                .param("subject", loss.subject())
                .param("username", loss.username())
                .param("switchedOff", loss.switchedOff())
                .param("reasons", names(loss.reasons()))
                .param("time", loss.time().atOffset(ZoneOffset.UTC))
                .param("by", loss.by())
                .param("byName", loss.byName())
                .update();
    }

    /** Notes reasons that came later, and the account that was switched off later. */
    void extend(String id, Collection<LossReason> reasons, @Nullable String username, boolean off) {
        database.sql(
                        """
                        UPDATE personnel.loss
                           SET reasons = :reasons::text[], username = :username,
                               switched_off = :off
                         WHERE id = :id::uuid
                        """)
                .param("reasons", names(reasons))
                .param("username", username)
                .param("off", off)
                .param("id", id)
                .update();
    }

    Optional<Loss> find(String id) {
        return database.sql(LOSS + " WHERE id = :id::uuid")
                .param("id", id)
                .query(LossStore::read)
                .optional();
    }

    /** All losses of a key person or a vendor, newest first. */
    List<Loss> of(String subject) {
        return database.sql(LOSS + " WHERE subject = :subject::uuid ORDER BY time DESC, id")
                .param("subject", subject)
                .query(LossStore::read)
                .list();
    }

    /** Whether something that was taken from an account has not been given back. */
    boolean isOpen(String username) {
        return database.sql(
                        """
                        SELECT EXISTS (SELECT FROM personnel.loss
                                        WHERE username = :username AND restored IS NULL)
                        """)
                .param("username", username)
                .query(Boolean.class)
                .single();
    }

    /** Undoes a loss; false if that was done before. */
    boolean restore(String id, Instant now, String by, String byName, String reason) {
        return database.sql(
                                """
                                UPDATE personnel.loss
                                   SET restored = :now, restored_by = :by,
                                       restored_by_name = :byName, restored_reason = :reason
                                 WHERE id = :id::uuid AND restored IS NULL
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .param("byName", byName)
                        .param("reason", reason)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static String[] names(Collection<LossReason> reasons) {
        return reasons.stream().map(Enum::name).toArray(String[]::new);
    }

    private static Loss read(ResultSet row, int number) throws SQLException {
        OffsetDateTime restored = row.getObject("restored", OffsetDateTime.class);
        return new Loss(
                row.getString("id"),
                row.getString("subject"),
                row.getString("username"),
                row.getBoolean("switched_off"),
                KeyPersonStore.reasons(row),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("by"),
                row.getString("by_name"),
                restored == null ? null : restored.toInstant(),
                row.getString("restored_by_name"),
                row.getString("restored_reason"));
    }
}

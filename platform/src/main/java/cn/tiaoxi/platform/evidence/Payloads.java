package cn.tiaoxi.platform.evidence;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people wrote freely in changes, beside the log. */
@Service
public class Payloads {
    private final JdbcClient database;
    private final Evidence evidence;
    private final Clock clock;

    Payloads(JdbcClient database, Evidence evidence, Clock clock) {
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * The free texts of a change.
     *
     * @param content canonical JSON, or null once erased
     * @param salt Base64 with the URL alphabet, or null once erased
     * @param fits whether their hash is the one that the record holds; true once erased
     * @param erased when they were erased, or null
     */
    public record Kept(
            @Nullable String content,
            @Nullable String salt,
            boolean fits,
            @Nullable Instant erased,
            String erasedBy,
            String erasedReason) {}

    /** The free texts of a change; nothing if it has none. */
    public Optional<Kept> of(String record) {
        return database.sql(
                        """
                        SELECT p.salt, p.content, p.erased, p.erased_by, p.erased_reason,
                               c.leaf::jsonb -> 'detail' ->> 'payload' AS hash
                          FROM evidence.payload p JOIN evidence.change c ON c.record = p.record
                         WHERE p.record::text = :record
                        """)
                .param("record", record)
                .query(
                        (row, n) -> {
                            byte[] salt = row.getBytes("salt");
                            String content = row.getString("content");
                            OffsetDateTime erased = row.getObject("erased", OffsetDateTime.class);
                            boolean fits =
                                    salt == null
                                            || content == null
                                            || new Payload(salt, content)
                                                    .hash()
                                                    .equals(row.getString("hash"));
                            return new Kept(
                                    content,
                                    salt == null
                                            ? null
                                            : java.util.Base64.getUrlEncoder()
                                                    .withoutPadding()
                                                    .encodeToString(salt),
                                    fits,
                                    erased == null ? null : erased.toInstant(),
                                    row.getString("erased_by"),
                                    row.getString("erased_reason"));
                        })
                .optional();
    }

    /**
     * Erases the free texts of a change for good; the record and all proofs stay.
     *
     * @return whether there was anything to erase
     */
    @Transactional
    public boolean erase(Who who, String record, String reason) {
        int erased =
                database.sql(
                                """
                                UPDATE evidence.payload
                                   SET salt = NULL, content = NULL, erased = :now, erased_by = :by,
                                       erased_reason = :reason
                                 WHERE record::text = :record AND erased IS NULL
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", who.name())
                        .param("reason", reason)
                        .param("record", record)
                        .update();
        if (erased == 1) {
            evidence.changed(who, "record.erased", "record:" + record, Map.of("reason", reason));
        }
        return erased == 1;
    }
}

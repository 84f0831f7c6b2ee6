package cn.tiaoxi.platform.border;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creations that may be sent twice and happen once. The key is written in the transaction of the
 * creation, so that a crash leaves both or neither; who sends the same key at the same time waits
 * for the first and gets its answer.
 */
@Component
public class Idempotency {
    private static final Duration KEPT = Duration.ofHours(48);
    private static final int LONGEST_KEY = 200;

    private final JdbcClient database;
    private final JsonMapper json;
    private final Clock clock;

    Idempotency(JdbcClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Runs the creation, or answers what it answered before under the same key. Not for answers
     * that carry a secret: they are stored for two days.
     *
     * @param key the request's {@code Idempotency-Key}, null if it has none
     * @param person who sends it; keys of others are others
     * @param action what is created, for example {@code POST /requests}
     * @param request the request's body, compared with the earlier one
     * @param type the answer's type
     * @param creation makes the thing and its answer; runs in this method's transaction
     * @throws BorderException if the key was used for another request
     */
    @Transactional
    public <T> T once(
            @Nullable String key,
            String person,
            String action,
            Object request,
            Class<T> type,
            Supplier<T> creation) {
        if (key == null || key.isBlank()) {
            return creation.get();
        }
        if (key.length() > LONGEST_KEY) {
            throw BorderException.invalid("Idempotency-Key", "border.tooLong", LONGEST_KEY);
        }
        byte[] fingerprint = fingerprint(action, request);
        if (!claim(person, key, fingerprint)) {
            return earlier(person, key, fingerprint, type);
        }
        T answer = creation.get();
        database.sql(
                        """
                        UPDATE border.idempotency SET answer = :answer
                         WHERE person = :person AND key = :key
                        """)
                .param("answer", json.writeValueAsString(answer))
                .param("person", person)
                .param("key", key)
                .update();
        return answer;
    }

    private boolean claim(String person, String key, byte[] fingerprint) {
        database.sql("SET LOCAL lock_timeout = '10s'").update();
        try {
            return database.sql(
                                    """
                                    INSERT INTO border.idempotency (person, key, fingerprint, created)
                                    VALUES (:person, :key, :fingerprint, :now)
                                        ON CONFLICT DO NOTHING
                                    """)
                            .param("person", person)
                            .param("key", key)
                            .param("fingerprint", fingerprint)
                            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .update()
                    == 1;
        } catch (CannotAcquireLockException e) {
            throw BorderException.inProgress();
        } finally {
            resetLockTimeout();
        }
    }

    private void resetLockTimeout() {
        try {
            database.sql("SET LOCAL lock_timeout = 0").update();
        } catch (org.springframework.dao.DataAccessException e) {
            // The transaction has failed already and its settings go with it.
            return;
        }
    }

    private <T> T earlier(String person, String key, byte[] fingerprint, Class<T> type) {
        record Row(byte[] fingerprint, String answer) {}
        Row row =
                database.sql(
                                """
                                SELECT fingerprint, answer FROM border.idempotency
                                 WHERE person = :person AND key = :key
                                """)
                        .param("person", person)
                        .param("key", key)
                        .query((r, n) -> new Row(r.getBytes("fingerprint"), r.getString("answer")))
                        .optional()
                        .orElseThrow(BorderException::inProgress);
        if (!MessageDigest.isEqual(row.fingerprint(), fingerprint)) {
            throw BorderException.keyReused();
        }
        return json.readValue(row.answer(), type);
    }

    private byte[] fingerprint(String action, Object request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(action.getBytes(StandardCharsets.UTF_8));
            return digest.digest(json.writeValueAsBytes(request));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets keys that are too old to be sent again. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    @Transactional
    void sweep() {
        database.sql("DELETE FROM border.idempotency WHERE created < :oldest")
                .param("oldest", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }
}

package cn.tiaoxi.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sessions of signed-in people, kept in the database: a restart signs nobody out, and taking a
 * person's account or role away ends what their session could do with the next request.
 */
@Component
class Sessions {
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final IdentityProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(JdbcClient database, IdentityProperties properties, Clock clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** Opens a session and answers its token, which is stored nowhere. */
    String open(String person, String address) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.sql(
                        """
                        INSERT INTO identity.session (token_hash, person, created, last_seen, address)
                        VALUES (:hash, :person::uuid, :now, :now, :address)
                        """)
                .param("hash", hash(token))
                .param("person", person)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("address", address)
                .update();
        return token;
    }

    /** Identifier of the person whose session this is, if it is still open; it was used now. */
    Optional<String> person(String token) {
        Instant now = clock.instant();
        Optional<Open> open = open(token);
        if (open.isPresent() && open.get().lastSeen().isBefore(now.minus(SEEN_STEP))) {
            database.sql("UPDATE identity.session SET last_seen = :now WHERE token_hash = :hash")
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("hash", hash(token))
                    .update();
        }
        return open.map(Open::person);
    }

    /** The same without using it, so that it may end by itself. */
    Optional<String> peek(String token) {
        return open(token).map(Open::person);
    }

    private Optional<Open> open(String token) {
        Instant now = clock.instant();
        return database.sql(
                        """
                        SELECT person, last_seen FROM identity.session
                         WHERE token_hash = :hash AND last_seen > :idle AND created > :oldest
                        """)
                .param("hash", hash(token))
                .param("idle", now.minus(properties.idle()).atOffset(ZoneOffset.UTC))
                .param("oldest", now.minus(properties.longest()).atOffset(ZoneOffset.UTC))
                .query(
                        (row, n) ->
                                new Open(
                                        row.getString("person"),
                                        row.getTimestamp("last_seen").toInstant()))
                .optional();
    }

    private record Open(String person, Instant lastSeen) {}

    void close(String token) {
        database.sql("DELETE FROM identity.session WHERE token_hash = :hash")
                .param("hash", hash(token))
                .update();
    }

    /** Ends all sessions of a person. */
    void closeAll(String person) {
        database.sql("DELETE FROM identity.session WHERE person = :person::uuid")
                .param("person", person)
                .update();
    }

    /** How many sessions of a person are open. */
    long count(String person) {
        Instant now = clock.instant();
        return database.sql(
                        """
                        SELECT count(*) FROM identity.session
                         WHERE person = :person::uuid AND last_seen > :idle AND created > :oldest
                        """)
                .param("person", person)
                .param("idle", now.minus(properties.idle()).atOffset(ZoneOffset.UTC))
                .param("oldest", now.minus(properties.longest()).atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Forgets sessions that ended by time. */
    @Scheduled(fixedDelayString = "PT1H")
    @Transactional
    void sweep() {
        database.sql(
                        """
                        DELETE FROM identity.session
                         WHERE last_seen <= :idle OR created <= :oldest
                        """)
                .param("idle", clock.instant().minus(properties.idle()).atOffset(ZoneOffset.UTC))
                .param(
                        "oldest",
                        clock.instant().minus(properties.longest()).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

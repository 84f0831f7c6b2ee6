package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.CosignatureKey;
import cn.tiaoxi.trace.SignedNote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who cosigns the platform's log, and the newest cosigned checkpoint of each log. */
@Repository
class WitnessStore {
    private final JdbcClient database;

    WitnessStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * A witness and what it cosigned last.
     *
     * @param key its verifier key, which stays
     * @param size of the platform's log
     */
    record Known(String key, long size) {}

    Optional<Known> known(String address) {
        return database.sql("SELECT key, size FROM evidence.witness WHERE address = :address")
                .param("address", address)
                .query((row, n) -> new Known(row.getString("key"), row.getLong("size")))
                .optional();
    }

    /** All that are asked to cosign the platform's log. */
    List<AskedWitness> asked() {
        return database.sql(
                        "SELECT owner, key, signed, problem FROM evidence.witness ORDER BY owner, key")
                .query(
                        (row, n) -> {
                            OffsetDateTime signed = row.getObject("signed", OffsetDateTime.class);
                            return new AskedWitness(
                                    row.getString("owner"),
                                    CosignatureKey.parse(row.getString("key")).name(),
                                    signed == null ? null : signed.toInstant(),
                                    row.getString("problem"));
                        })
                .list();
    }

    /** The keys of all that are asked. */
    List<CosignatureKey> keys() {
        return database.sql("SELECT key FROM evidence.witness ORDER BY key")
                .query((row, n) -> CosignatureKey.parse(row.getString("key")))
                .list();
    }

    void meet(String address, String owner, String key) {
        database.sql(
                        """
                        INSERT INTO evidence.witness (address, owner, key)
                        VALUES (:address, :owner, :key)
                            ON CONFLICT (address) DO NOTHING
                        """)
                .param("address", address)
                .param("owner", owner)
                .param("key", key)
                .update();
    }

    void signed(String address, long size, Instant time) {
        database.sql(
                        """
                        UPDATE evidence.witness
                           SET size = :size, signed = :time, problem = NULL
                         WHERE address = :address
                        """)
                .param("address", address)
                .param("size", size)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .update();
    }

    void problem(String address, String problem) {
        database.sql(
                        """
                        UPDATE evidence.witness SET problem = :problem
                         WHERE address = :address AND problem IS DISTINCT FROM :problem
                        """)
                .param("address", address)
                .param("problem", problem)
                .update();
    }

    /** Keeps a cosigned checkpoint in place of an earlier one of its log. */
    void keep(SignedNote note, Instant time) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        database.sql(
                        """
                        INSERT INTO evidence.cosigned (origin, size, note, time)
                        VALUES (:origin, :size, :note, :time)
                            ON CONFLICT (origin) DO UPDATE
                           SET size = excluded.size, note = excluded.note, time = excluded.time
                         WHERE cosigned.size <= excluded.size
                        """)
                .param("origin", checkpoint.origin())
                .param("size", checkpoint.size())
                .param("note", new String(note.encode(), StandardCharsets.UTF_8))
                .param("time", time.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<SignedNote> cosigned(String origin) {
        return database.sql("SELECT note FROM evidence.cosigned WHERE origin = :origin")
                .param("origin", origin)
                .query(String.class)
                .optional()
                .map(note -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    List<Cosignature> cosignatures(String origin) {
        return cosigned(origin).map(Cosignature::of).orElse(List.of());
    }

    /** Text of the newest cosigned checkpoint, empty if there is none. */
    String note(String origin) {
        @Nullable SignedNote note = cosigned(origin).orElse(null);
        return note == null ? "" : new String(note.encode(), StandardCharsets.UTF_8);
    }
}

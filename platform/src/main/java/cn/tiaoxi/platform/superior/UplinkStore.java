package cn.tiaoxi.platform.superior;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The platform above in the database. */
@Repository
class UplinkStore {
    private static final String COLUMNS =
            """
            SELECT address, id::text AS id, name, key, connected, connected_by, last_number,
                   acknowledged, last_order, reached, failures, error, next_try
              FROM superior.uplink
            """;

    private final JdbcClient database;

    UplinkStore(JdbcClient database) {
        this.database = database;
    }

    Optional<Uplink> find() {
        return database.sql(COLUMNS).query(UplinkStore::read).optional();
    }

    /** Whoever numbers reports or carries out orders does it under this lock. */
    Optional<Uplink> lock() {
        return database.sql(COLUMNS + " FOR UPDATE").query(UplinkStore::read).optional();
    }

    private static Uplink read(ResultSet row, int number) throws SQLException {
        return new Uplink(
                URI.create(row.getString("address")),
                row.getString("id"),
                row.getString("name"),
                row.getString("key"),
                Times.time(row, "connected"),
                row.getString("connected_by"),
                row.getLong("last_number"),
                row.getLong("acknowledged"),
                row.getLong("last_order"),
                Times.maybe(row, "reached"),
                row.getInt("failures"),
                row.getString("error"),
                Times.time(row, "next_try"));
    }

    boolean add(URI address, Protocol.Enrolled enrolled, String by, Instant now) {
        return database.sql(
                                """
                                INSERT INTO superior.uplink
                                       (address, id, name, key, connected, connected_by, reached,
                                        next_try)
                                VALUES (:address, :id::uuid, :name, :key, :now, :by, :now, :now)
                                    ON CONFLICT DO NOTHING
                                """)
                        .param("address", address.toString())
                        .param("id", enrolled.id())
                        .param("name", enrolled.name())
                        .param("key", enrolled.key())
                        .param("by", by)
                        .param("now", Times.at(now))
                        .update()
                == 1;
    }

    void remove() {
        database.sql("DELETE FROM superior.report").update();
        database.sql("DELETE FROM superior.uplink").update();
        forgetTold();
    }

    /** Everything is reported anew. */
    void forgetTold() {
        database.sql("DELETE FROM superior.told").update();
        database.sql("UPDATE superior.hour SET dirty = true, told = NULL").update();
    }

    void number(long last) {
        database.sql("UPDATE superior.uplink SET last_number = :last").param("last", last).update();
    }

    void acknowledged(long number) {
        database.sql("DELETE FROM superior.report WHERE number <= :number")
                .param("number", number)
                .update();
        database.sql("UPDATE superior.uplink SET acknowledged = :number")
                .param("number", number)
                .update();
    }

    void carriedOut(long order) {
        database.sql("UPDATE superior.uplink SET last_order = :order")
                .param("order", order)
                .update();
    }

    void reached(String id, Instant now) {
        database.sql(
                        """
                        UPDATE superior.uplink
                           SET reached = :now, failures = 0, error = NULL, next_try = :now
                         WHERE id = :id::uuid
                        """)
                .param("now", Times.at(now))
                .param("id", id)
                .update();
    }

    void failed(String id, @Nullable String error, int failures, Instant next) {
        database.sql(
                        """
                        UPDATE superior.uplink
                           SET failures = :failures, error = :error, next_try = :next
                         WHERE id = :id::uuid
                        """)
                .param("failures", failures)
                .param("error", error)
                .param("next", Times.at(next))
                .param("id", id)
                .update();
    }

    /** How many reports are not acknowledged, and since when. */
    Uplinks.Lag lag() {
        return database.sql("SELECT waiting, oldest FROM published.uplink_lag")
                .query((row, n) -> new Uplinks.Lag(row.getLong(1), Times.maybe(row, "oldest")))
                .optional()
                .orElse(new Uplinks.Lag(0, null));
    }
}

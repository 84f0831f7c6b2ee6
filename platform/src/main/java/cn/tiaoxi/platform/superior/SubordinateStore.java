package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Subordinates in the database. */
@Repository
class SubordinateStore {
    private static final String COLUMNS =
            """
            SELECT id::text AS id, name, division, state, created, created_by_name, code_expires,
                   key, caller_key, software, enrolled, seen, received, last_order,
                   application::text AS application, application_key, version
              FROM superior.subordinate
            """;
    private static final Map<String, String> SORTS =
            Map.of("name", "name", "created", "created::text");

    private final JdbcClient database;

    SubordinateStore(JdbcClient database) {
        this.database = database;
    }

    void add(Subordinate one, byte[] codeHash) {
        database.sql(
                        """
                        INSERT INTO superior.subordinate
                               (id, name, division, state, created, created_by_name, code_hash,
                                code_expires)
                        VALUES (:id::uuid, :name, :division, :state, :created, :by, :hash, :expires)
                        """)
                .param("id", one.id())
                .param("name", one.name())
                .param("division", one.division())
                .param("state", one.state().name())
                .param("created", Times.at(one.created()))
                .param("by", one.createdByName())
                .param("hash", codeHash)
                .param("expires", Times.at(one.codeExpires()))
                .update();
    }

    Optional<Subordinate> find(String id) {
        return database.sql(COLUMNS + " WHERE id::text = :id")
                .param("id", id)
                .query(SubordinateStore::read)
                .optional();
    }

    Optional<Subordinate> lock(String id) {
        return database.sql(COLUMNS + " WHERE id::text = :id FOR UPDATE")
                .param("id", id)
                .query(SubordinateStore::read)
                .optional();
    }

    byte[] codeHash(String id) {
        return database.sql("SELECT code_hash FROM superior.subordinate WHERE id = :id::uuid")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    private static Subordinate read(ResultSet row, int number) throws SQLException {
        return new Subordinate(
                row.getString("id"),
                row.getString("name"),
                row.getString("division"),
                Subordinate.State.valueOf(row.getString("state")),
                Times.time(row, "created"),
                row.getString("created_by_name"),
                Times.time(row, "code_expires"),
                row.getString("key"),
                row.getString("caller_key"),
                row.getString("software"),
                Times.maybe(row, "enrolled"),
                Times.maybe(row, "seen"),
                row.getLong("received"),
                row.getLong("last_order"),
                row.getString("application"),
                row.getString("application_key"),
                row.getLong("version"));
    }

    Page<Subordinate> list(String text, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("text", text.strip().toLowerCase(Locale.ROOT));
        String where = " WHERE strpos(lower(name || ' ' || division), :text) > 0";
        Slice.Order order = slice.order(SORTS, "-created");
        long total =
                database.sql("SELECT count(*) FROM superior.subordinate" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        return slice.page(
                database.sql(
                                COLUMNS
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(SubordinateStore::read)
                        .list(),
                total,
                s -> new Slice.Position(sortValue(order, s), s.id()));
    }

    private String sortValue(Slice.Order order, Subordinate one) {
        return order.expression().equals("name")
                ? one.name()
                : database.sql("SELECT :at::timestamptz::text")
                        .param("at", Times.at(one.created()))
                        .query(String.class)
                        .single();
    }

    void enrol(String id, Protocol.Enrolment asked, Instant now) {
        database.sql(
                        """
                        UPDATE superior.subordinate
                           SET state = 'ENROLLED', key = :key, caller_key = :caller,
                               software = :software, enrolled = :now, seen = :now,
                               version = version + 1
                         WHERE id = :id::uuid
                        """)
                .param("key", asked.key())
                .param("caller", asked.callerKey())
                .param("software", asked.software())
                .param("now", Times.at(now))
                .param("id", id)
                .update();
    }

    /** A new code for one that has not enrolled. */
    void invite(String id, byte[] codeHash, Instant expires) {
        database.sql(
                        """
                        UPDATE superior.subordinate
                           SET code_hash = :hash, code_expires = :expires, version = version + 1
                         WHERE id = :id::uuid
                        """)
                .param("hash", codeHash)
                .param("expires", Times.at(expires))
                .param("id", id)
                .update();
    }

    void revoke(String id) {
        database.sql(
                        """
                        UPDATE superior.subordinate
                           SET state = 'REVOKED', version = version + 1 WHERE id = :id::uuid
                        """)
                .param("id", id)
                .update();
    }

    void callsAs(String id, @Nullable String application, @Nullable String key) {
        database.sql(
                        """
                        UPDATE superior.subordinate
                           SET application = :application::uuid, application_key = :key,
                               version = version + 1
                         WHERE id = :id::uuid
                        """)
                .param("application", application)
                .param("key", key)
                .param("id", id)
                .update();
    }

    void seen(String id, Instant now) {
        database.sql("UPDATE superior.subordinate SET seen = :now WHERE id = :id::uuid")
                .param("now", Times.at(now))
                .param("id", id)
                .update();
    }

    void received(String id, long number) {
        database.sql("UPDATE superior.subordinate SET received = :number WHERE id = :id::uuid")
                .param("number", number)
                .param("id", id)
                .update();
    }

    /** The next number of an order, taken under the row's lock. */
    long nextOrder(String id) {
        return database.sql(
                        """
                        UPDATE superior.subordinate SET last_order = last_order + 1
                         WHERE id = :id::uuid RETURNING last_order
                        """)
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /** Notes a message; false if it was noted before. */
    boolean first(String id, String nonce, Instant now) {
        return database.sql(
                                """
                                INSERT INTO superior.nonce (subordinate, nonce, time)
                                VALUES (:id::uuid, :nonce, :now) ON CONFLICT DO NOTHING
                                """)
                        .param("id", id)
                        .param("nonce", nonce)
                        .param("now", Times.at(now))
                        .update()
                == 1;
    }

    void forgetNonces(Instant before) {
        database.sql("DELETE FROM superior.nonce WHERE time < :before")
                .param("before", Times.at(before))
                .update();
    }
}

package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People in the database. */
@Repository
class PersonStore {
    private static final String COLUMNS =
            """
            id, username, name, organisation, roles, active, demo, locked_until, last_sign_in,
            version
            """;
    private static final Map<String, String> SORTS =
            Map.of("username", "username", "name", "name", "organisation", "organisation");

    private final JdbcClient database;

    PersonStore(JdbcClient database) {
        this.database = database;
    }

    Optional<Person> find(String id) {
        return database.sql("SELECT " + COLUMNS + " FROM identity.person WHERE id = :id::uuid")
                .param("id", id)
                .query(PersonStore::person)
                .optional();
    }

    Optional<Person> byUsername(String username) {
        return database.sql(
                        "SELECT " + COLUMNS + " FROM identity.person WHERE username = :username")
                .param("username", username)
                .query(PersonStore::person)
                .optional();
    }

    java.util.List<Person> active() {
        return database.sql("SELECT " + COLUMNS + " FROM identity.person WHERE active")
                .query(PersonStore::person)
                .list();
    }

    /** The stored password hash; locks the row so that attempts are counted one by one. */
    Optional<Secret> lockSecret(String username) {
        return database.sql(
                        """
                        SELECT id, password, failures FROM identity.person
                         WHERE username = :username FOR UPDATE
                        """)
                .param("username", username)
                .query(
                        (row, n) ->
                                new Secret(
                                        row.getString("id"),
                                        row.getString("password"),
                                        row.getInt("failures")))
                .optional();
    }

    /** What a sign-in is checked against. */
    record Secret(String id, @Nullable String password, int failures) {}

    void signedIn(String id, Instant now) {
        database.sql(
                        """
                        UPDATE identity.person
                           SET failures = 0, locked_until = NULL, last_sign_in = :now
                         WHERE id = :id::uuid
                        """)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void failed(String id, int failures, @Nullable Instant lockedUntil) {
        database.sql(
                        """
                        UPDATE identity.person SET failures = :failures, locked_until = :until
                         WHERE id = :id::uuid
                        """)
                .param("id", id)
                .param("failures", failures)
                .param("until", lockedUntil == null ? null : lockedUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Adds a person; false if the user name is taken. */
    boolean add(Person person, @Nullable String passwordHash) {
        return database.sql(
                                """
                                INSERT INTO identity.person
                                       (id, username, name, organisation, roles, active, demo,
                                        password)
                                VALUES (:id::uuid, :username, :name, :organisation, :roles::text[],
                                        :active, :demo, :password)
                                    ON CONFLICT (username) DO NOTHING
                                """)
                        .param("id", person.id())
                        .param("username", person.username())
                        .param("name", person.name())
                        .param("organisation", person.organisation())
                        .param("roles", person.roles().toArray(String[]::new))
                        .param("active", person.active())
                        .param("demo", person.demo())
                        .param("password", passwordHash)
                        .update()
                == 1;
    }

    /** Switches an account on or off; empty if it is so already or there is none. */
    Optional<String> setActive(String username, boolean active) {
        return database.sql(
                        """
                        UPDATE identity.person SET active = :active, version = version + 1
                         WHERE username = :username AND active <> :active
                        RETURNING id::text
                        """)
                .param("active", active)
                .param("username", username)
                .query(String.class)
                .optional();
    }

    /** Changes name, organisation, roles and state; false if the version is another by now. */
    boolean update(Person person) {
        return database.sql(
                                """
                                UPDATE identity.person
                                   SET name = :name, organisation = :organisation,
                                       roles = :roles::text[], active = :active,
                                       version = version + 1
                                 WHERE id = :id::uuid AND version = :version
                                """)
                        .param("id", person.id())
                        .param("name", person.name())
                        .param("organisation", person.organisation())
                        .param("roles", person.roles().toArray(String[]::new))
                        .param("active", person.active())
                        .param("version", person.version())
                        .update()
                == 1;
    }

    void setPassword(String id, String passwordHash) {
        database.sql(
                        """
                        UPDATE identity.person
                           SET password = :password, failures = 0, locked_until = NULL
                         WHERE id = :id::uuid
                        """)
                .param("id", id)
                .param("password", passwordHash)
                .update();
    }

    long count() {
        return database.sql("SELECT count(*) FROM identity.person").query(Long.class).single();
    }

    Page<Person> list(Filter filter, Slice slice) {
        String where =
                """
                 WHERE (:everywhere OR organisation = ANY (:reach::text[]))
                   AND (:q = '' OR username ILIKE '%' || :q || '%' OR name ILIKE '%' || :q || '%')
                   AND (:organisation = '' OR organisation = :organisation)
                   AND (:role = '' OR :role = ANY (roles))
                """;
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("everywhere", filter.reach().isEmpty());
        parameters.put("reach", filter.reach().toArray(String[]::new));
        parameters.put("q", filter.text());
        parameters.put("organisation", filter.organisation());
        parameters.put("role", filter.role());
        Slice.Order order = slice.order(SORTS, "username");
        long total =
                database.sql("SELECT count(*) FROM identity.person" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        var rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM identity.person"
                                        + where
                                        + order.condition(slice, "id", "text")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(PersonStore::person)
                        .list();
        return slice.page(
                rows, total, p -> new Slice.Position(sortValue(order.expression(), p), p.id()));
    }

    private static String sortValue(String expression, Person person) {
        return switch (expression) {
            case "name" -> person.name();
            case "organisation" -> person.organisation();
            default -> person.username();
        };
    }

    /** Which people a list shows; empty text means no filter. */
    record Filter(Set<String> reach, String text, String organisation, String role) {}

    private static Person person(ResultSet row, int number) throws SQLException {
        Array roles = row.getArray("roles");
        return new Person(
                row.getString("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("organisation"),
                Set.of((String[]) roles.getArray()),
                row.getBoolean("active"),
                row.getBoolean("demo"),
                instant(row, "locked_until"),
                instant(row, "last_sign_in"),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

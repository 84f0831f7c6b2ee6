package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Key persons and vendors as this module keeps them beside their entries. */
@Repository
class KeyPersonStore {
    private static final String COLUMNS =
            """
            entry::text AS entry, code, title, organisation, state, vendor::text AS vendor,
            applications::text[] AS applications, username, clearance_until, contract_until,
            trained_until, over, reasons, loss::text AS loss, created
            """;
    private static final Map<String, String> SORTS =
            new TreeMap<>(
                    Map.of(
                            "title",
                            "title",
                            "code",
                            "code",
                            "organisation",
                            "organisation",
                            "state",
                            "state",
                            "clearanceUntil",
                            "coalesce(clearance_until::text, '9999')",
                            "trainedUntil",
                            "coalesce(trained_until::text, '')"));

    private final JdbcClient database;

    KeyPersonStore(JdbcClient database) {
        this.database = database;
    }

    Optional<KeyPerson> find(String entry) {
        return Identifiers.isIdentifier(entry)
                ? select("WHERE entry = :value::uuid", entry).stream().findFirst()
                : Optional.empty();
    }

    /** Those who may be meant by an identifier, a code, an account or a name. */
    List<KeyPerson> meant(String text) {
        List<KeyPerson> exact =
                select(
                        "WHERE entry::text = lower(:value) OR code = :value OR username = :value",
                        text);
        return exact.isEmpty() ? select("WHERE title = :value AND NOT over", text) : exact;
    }

    /** All with that account, those who left included. */
    List<KeyPerson> ofAccount(String username) {
        return select("WHERE username = :value ORDER BY over, entry", username);
    }

    List<KeyPerson> ofVendor(String vendor) {
        return select("WHERE vendor = :value::uuid ORDER BY entry", vendor);
    }

    List<KeyPerson> ofApplication(String application) {
        return select("WHERE :value::uuid = ANY (applications) ORDER BY entry", application);
    }

    List<KeyPerson> all(Collection<String> entries) {
        return select("WHERE entry = ANY (:value::uuid[])", entries.toArray(String[]::new));
    }

    List<KeyPerson> everybody() {
        return select("WHERE :value ORDER BY entry", true);
    }

    private List<KeyPerson> select(String where, Object value) {
        return database.sql("SELECT " + COLUMNS + " FROM personnel.person " + where)
                .param("value", value)
                .query(KeyPersonStore::read)
                .list();
    }

    /**
     * Entries of those who still had a right to access and lose it by the clock on that day.
     *
     * @param untrainedSince trainings that ended before that day, and entries made before it, no
     *     longer do
     */
    List<String> due(LocalDate today, @Nullable LocalDate untrainedSince, ZoneId zone) {
        return database.sql(
                        """
                        SELECT entry::text FROM personnel.person
                         WHERE NOT over
                           AND (clearance_until < :today AND NOT 'CLEARANCE_EXPIRED' = ANY (reasons)
                                OR contract_until < :today AND NOT 'CONTRACT_ENDED' = ANY (reasons)
                                OR greatest(trained_until, (created AT TIME ZONE :zone)::date)
                                      < :untrained::date
                                   AND NOT 'UNTRAINED' = ANY (reasons))
                         ORDER BY entry
                        """)
                .param("today", today)
                .param("untrained", untrainedSince)
                .param("zone", zone.getId())
                .query(String.class)
                .list();
    }

    void save(KeyPerson person) {
        database.sql(
                        """
                        INSERT INTO personnel.person
                               (entry, code, title, organisation, state, vendor, applications,
                                username, clearance_until, contract_until, trained_until, over,
                                reasons, loss, created)
                        VALUES (:entry::uuid, :code, :title, :organisation, :state, :vendor::uuid,
                                :applications::uuid[], :username, :clearance, :contract, :trained,
                                :over, :reasons::text[], :loss::uuid, :created)
                            ON CONFLICT (entry) DO UPDATE
                           SET code = excluded.code, title = excluded.title,
                               organisation = excluded.organisation, state = excluded.state,
                               vendor = excluded.vendor, applications = excluded.applications,
                               username = excluded.username,
                               clearance_until = excluded.clearance_until,
                               contract_until = excluded.contract_until,
                               trained_until = excluded.trained_until, over = excluded.over,
                               reasons = excluded.reasons, loss = excluded.loss
                        """)
                .param("entry", person.entry())
                .param("code", person.code())
                .param("title", person.title())
                .param("organisation", person.organisation())
                .param("state", person.state())
                .param("vendor", person.vendor())
                .param("applications", person.applications().toArray(String[]::new))
                .param("username", person.username())
                .param("clearance", person.clearanceUntil())
                .param("contract", person.contractUntil())
                .param("trained", person.trainedUntil())
                .param("over", person.over())
                .param("reasons", names(person.reasons()))
                .param("loss", person.loss())
                .param("created", person.created().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Part of the list. */
    Page<KeyPerson> list(KeyPersonFilter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder(" WHERE true");
        if (!filter.reach().isEmpty()) {
            where.append(" AND organisation = ANY (:reach::text[])");
            parameters.put("reach", filter.reach().toArray(String[]::new));
        }
        put(
                where,
                parameters,
                "organisation",
                "organisation = :organisation",
                filter.organisation());
        put(where, parameters, "vendor", "vendor::text = :vendor", filter.vendor());
        put(
                where,
                parameters,
                "application",
                ":application = ANY (applications::text[])",
                filter.application());
        put(where, parameters, "state", "state = :state", filter.state());
        put(
                where,
                parameters,
                "text",
                "strpos(lower(title || ' ' || code || ' ' || coalesce(username, '')), :text) > 0",
                filter.text().strip().toLowerCase(Locale.ROOT));
        switch (filter.standing()) {
            case "good" -> where.append(" AND reasons = '{}' AND loss IS NULL");
            case "wanting" ->
                    where.append(" AND NOT over AND (reasons <> '{}' OR loss IS NOT NULL)");
            case "lost" -> where.append(" AND loss IS NOT NULL");
            default -> {}
        }
        Slice.Order order = slice.order(SORTS, "title");
        long total =
                database.sql("SELECT count(*) FROM personnel.person" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        record Row(KeyPerson person, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT "
                                        + COLUMNS
                                        + ", "
                                        + order.expression()
                                        + " AS position FROM personnel.person"
                                        + where
                                        + order.condition(slice, "person.entry", "text")
                                        + order.clause(slice, "person.entry"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query((row, n) -> new Row(read(row, n), row.getString("position")))
                        .list();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), r.person().entry()))
                .map(Row::person);
    }

    private static void put(
            StringBuilder where,
            Map<String, Object> parameters,
            String name,
            String condition,
            String value) {
        if (!value.isBlank()) {
            where.append(" AND ").append(condition);
            parameters.put(name, value);
        }
    }

    /** What is kept of a vendor. */
    record Vendor(String entry, String title, boolean admitted, @Nullable String loss) {}

    Optional<Vendor> vendor(String entry) {
        if (!Identifiers.isIdentifier(entry)) {
            return Optional.empty();
        }
        return database.sql(
                        """
                        SELECT entry::text AS entry, title, admitted, loss::text AS loss
                          FROM personnel.vendor WHERE entry = :entry::uuid
                        """)
                .param("entry", entry)
                .query(
                        (row, n) ->
                                new Vendor(
                                        row.getString("entry"),
                                        row.getString("title"),
                                        row.getBoolean("admitted"),
                                        row.getString("loss")))
                .optional();
    }

    void save(Vendor vendor) {
        database.sql(
                        """
                        INSERT INTO personnel.vendor (entry, title, admitted, loss)
                        VALUES (:entry::uuid, :title, :admitted, :loss::uuid)
                            ON CONFLICT (entry) DO UPDATE
                           SET title = excluded.title, admitted = excluded.admitted,
                               loss = excluded.loss
                        """)
                .param("entry", vendor.entry())
                .param("title", vendor.title())
                .param("admitted", vendor.admitted())
                .param("loss", vendor.loss())
                .update();
    }

    /**
     * Entries of applications that a vendor answers for.
     *
     * @param fields fields of that ledger that name a vendor; the first that is filled in counts
     */
    List<String> answeredFor(String vendor, String type, List<String> fields) {
        return database.sql(
                        """
                        SELECT e.id::text FROM published.ledger_entry e
                         WHERE e.type = :type
                           AND e.id IN (SELECT l.source FROM published.ledger_link l
                                         WHERE l.target = :vendor::uuid)
                           AND (SELECT e.fields ->> f.name
                                  FROM unnest(:fields::text[]) WITH ORDINALITY AS f (name, place)
                                 WHERE e.fields ->> f.name IS NOT NULL
                                 ORDER BY f.place LIMIT 1) = :vendor
                         ORDER BY e.id
                        """)
                .param("type", type)
                .param("vendor", vendor)
                .param("fields", fields.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private static String[] names(Collection<LossReason> reasons) {
        return reasons.stream().map(Enum::name).toArray(String[]::new);
    }

    static List<LossReason> reasons(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("reasons").getArray();
        return Arrays.stream(names).map(LossReason::valueOf).toList();
    }

    private static KeyPerson read(ResultSet row, int number) throws SQLException {
        return new KeyPerson(
                row.getString("entry"),
                row.getString("code"),
                row.getString("title"),
                row.getString("organisation"),
                row.getString("state"),
                row.getString("vendor"),
                List.of((String[]) row.getArray("applications").getArray()),
                row.getString("username"),
                row.getObject("clearance_until", LocalDate.class),
                row.getObject("contract_until", LocalDate.class),
                row.getObject("trained_until", LocalDate.class),
                row.getBoolean("over"),
                reasons(row),
                row.getString("loss"),
                row.getObject("created", OffsetDateTime.class).toInstant());
    }
}

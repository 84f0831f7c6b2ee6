package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Pairs of like entries, each once whatever the order of the two. */
@Repository
class PairStore {
    private static final TypeReference<List<DuplicatePair.Reason>> REASONS =
            new TypeReference<>() {};
    private static final String COLUMNS =
            """
            SELECT id, type, first, second, score, reasons, found, current, decision, decided,
                   decided_by, decided_by_name, decided_reason, version
              FROM duplicate.pair
            """;
    private static final Map<String, String> SORTS =
            Map.of("score", "score", "found", "found", "decision", "decision");

    private final JdbcClient database;
    private final JsonMapper json;

    PairStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** One end of a pair. */
    record End(String id, String organisation) {}

    /** Keeps a pair that is there now; a person's decision on it stays. */
    void keep(
            String type,
            End one,
            End other,
            double score,
            List<DuplicatePair.Reason> reasons,
            Instant now) {
        boolean inOrder = one.id().compareTo(other.id()) < 0;
        End first = inOrder ? one : other;
        End second = inOrder ? other : one;
        database.sql(
                        """
                        INSERT INTO duplicate.pair
                               (type, first, second, first_organisation, second_organisation,
                                score, reasons, found, seen)
                        VALUES (:type, :first::uuid, :second::uuid, :firstOrganisation,
                                :secondOrganisation, :score, :reasons::jsonb, :now, :now)
                            ON CONFLICT (first, second) DO UPDATE
                           SET first_organisation = excluded.first_organisation,
                               second_organisation = excluded.second_organisation,
                               score = excluded.score, reasons = excluded.reasons,
                               seen = excluded.seen, current = true
                        """)
                .param("type", type)
                .param("first", first.id())
                .param("second", second.id())
                .param("firstOrganisation", first.organisation())
                .param("secondOrganisation", second.organisation())
                .param("score", score)
                .param("reasons", json.writeValueAsString(reasons))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The entries that an entry makes a current pair with. */
    Set<String> partners(String entry) {
        return Set.copyOf(
                database.sql(
                                """
                                SELECT CASE WHEN first = :entry::uuid THEN second ELSE first END
                                  FROM duplicate.pair
                                 WHERE (first = :entry::uuid OR second = :entry::uuid) AND current
                                """)
                        .param("entry", entry)
                        .query(String.class)
                        .list());
    }

    /** Two entries are no pair any more: what nobody decided goes, what somebody did stays. */
    void part(String entry, Collection<String> others) {
        String pair =
                """
                 WHERE (first = :entry::uuid AND second = ANY (:others::uuid[])
                        OR second = :entry::uuid AND first = ANY (:others::uuid[]))
                """;
        String[] all = others.toArray(String[]::new);
        database.sql("DELETE FROM duplicate.pair" + pair + " AND decision = 'OPEN'")
                .param("entry", entry)
                .param("others", all)
                .update();
        database.sql("UPDATE duplicate.pair SET current = false" + pair)
                .param("entry", entry)
                .param("others", all)
                .update();
    }

    /** Parts the pairs of a type that were not seen since then. */
    void partUnseen(String type, Instant since) {
        OffsetDateTime time = since.atOffset(ZoneOffset.UTC);
        database.sql(
                        """
                        DELETE FROM duplicate.pair
                         WHERE type = :type AND seen < :time AND decision = 'OPEN'
                        """)
                .param("type", type)
                .param("time", time)
                .update();
        database.sql(
                        """
                        UPDATE duplicate.pair SET current = false
                         WHERE type = :type AND seen < :time
                        """)
                .param("type", type)
                .param("time", time)
                .update();
    }

    Optional<DuplicatePair> find(String id) {
        return database.sql(COLUMNS + " WHERE id = :id::uuid")
                .param("id", id)
                .query(this::pair)
                .optional();
    }

    /**
     * Which pairs a list shows.
     *
     * @param reach the organisations that the asker may see of each type; an empty set means all
     * @param decision only those so decided; null for all
     */
    record Filter(
            Map<String, Set<String>> reach,
            DuplicatePair.@Nullable Decision decision,
            @Nullable String entry) {}

    Page<DuplicatePair> list(Filter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(filter, parameters);
        long total =
                database.sql("SELECT count(*) FROM duplicate.pair" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(SORTS, "-score");
        Sort sort = Sort.valueOf(order.expression().toUpperCase(Locale.ROOT));
        parameters.putAll(slice.parameters());
        List<DuplicatePair> rows =
                database.sql(
                                COLUMNS
                                        + where
                                        + order.condition(slice, "id", sort.cast)
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(this::pair)
                        .list();
        return slice.page(
                rows, total, p -> new Slice.Position(sort.value.apply(p).toString(), p.id()));
    }

    /** What lists are sorted by: the column's type and the value of a row. */
    private enum Sort {
        SCORE("double precision", DuplicatePair::score),
        FOUND("timestamptz", DuplicatePair::found),
        DECISION("text", DuplicatePair::decision);

        private final String cast;
        private final Function<DuplicatePair, Object> value;

        Sort(String cast, Function<DuplicatePair, Object> value) {
            this.cast = cast;
            this.value = value;
        }
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE (false");
        int number = 0;
        for (Map.Entry<String, Set<String>> each : filter.reach().entrySet()) {
            String type = "type" + number;
            String reach = "reach" + number++;
            where.append(" OR type = :").append(type);
            parameters.put(type, each.getKey());
            if (!each.getValue().isEmpty()) {
                String within = "_organisation = ANY (:" + reach + "::text[])";
                where.append(" AND first").append(within).append(" AND second").append(within);
                parameters.put(reach, each.getValue().toArray(String[]::new));
            }
        }
        where.append(")");
        DuplicatePair.Decision decision = filter.decision();
        if (decision != null) {
            where.append(" AND decision = :decision");
            parameters.put("decision", decision.name());
        }
        String entry = filter.entry();
        if (entry != null) {
            where.append(" AND (first = :entry::uuid OR second = :entry::uuid)");
            parameters.put("entry", entry);
        }
        return where.toString();
    }

    /** Writes a decision over the version before it; false if that is another by now. */
    boolean decide(
            String id,
            DuplicatePair.Decision decision,
            DuplicatePair.Decided decided,
            long version) {
        return database.sql(
                                """
                                UPDATE duplicate.pair
                                   SET decision = :decision, decided = :time,
                                       decided_by = :username, decided_by_name = :name,
                                       decided_reason = :reason, version = version + 1
                                 WHERE id = :id::uuid AND version = :version
                                """)
                        .param("decision", decision.name())
                        .param("time", decided.time().atOffset(ZoneOffset.UTC))
                        .param("username", decided.username())
                        .param("name", decided.name())
                        .param("reason", decided.reason())
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private DuplicatePair pair(ResultSet row, int number) throws SQLException {
        OffsetDateTime time = row.getObject("decided", OffsetDateTime.class);
        return new DuplicatePair(
                row.getString("id"),
                row.getString("type"),
                row.getString("first"),
                row.getString("second"),
                row.getDouble("score"),
                json.readValue(row.getString("reasons"), REASONS),
                row.getObject("found", OffsetDateTime.class).toInstant(),
                row.getBoolean("current"),
                DuplicatePair.Decision.valueOf(row.getString("decision")),
                time == null
                        ? null
                        : new DuplicatePair.Decided(
                                row.getString("decided_by"),
                                row.getString("decided_by_name"),
                                time.toInstant(),
                                row.getString("decided_reason")),
                row.getLong("version"));
    }
}

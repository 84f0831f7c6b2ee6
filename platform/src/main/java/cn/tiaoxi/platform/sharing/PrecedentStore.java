package cn.tiaoxi.platform.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is compared of requests, in the database. */
@Repository
class PrecedentStore {
    private static final String REQUEST =
            """
            SELECT id, number, state, dataset, dataset_title, organisation, owner, applicant,
                   fields, purpose, matter, created
              FROM sharing.request WHERE state <> 'WITHDRAWN'
            """;

    private final JdbcClient database;

    PrecedentStore(JdbcClient database) {
        this.database = database;
    }

    /** Gives every request that was not withdrawn. */
    void each(Consumer<Precedents.Past> taker) {
        try (Stream<Precedents.Past> all =
                database.sql(REQUEST).query(PrecedentStore::read).stream()) {
            all.forEach(taker);
        }
    }

    /** Those of these identifiers that were not withdrawn. */
    List<Precedents.Past> all(Collection<UUID> ids) {
        return database.sql(REQUEST + " AND id = ANY (:ids::uuid[])")
                .param("ids", Columns.array(ids.stream().map(UUID::toString).toList()))
                .query(PrecedentStore::read)
                .list();
    }

    /**
     * Decided requests for the same dataset, those for the most similar purpose first.
     *
     * @param username who asks; own requests are always given
     * @param within codes of asking organisations, empty for all
     */
    List<Request.Similar> decided(Request request, String username, Set<String> within) {
        return database.sql(
                        """
                        SELECT id::text AS id, number, organisation, decision, purpose, decided
                          FROM sharing.request
                         WHERE dataset = :dataset AND id <> :id::uuid
                           AND decision IN ('APPROVE', 'REFUSE')
                           AND (applicant = :username OR cardinality(:within::text[]) = 0
                                OR organisation = ANY (:within::text[]))
                         ORDER BY similarity(purpose, :purpose)
                                  + CASE WHEN organisation = :organisation THEN 0.2 ELSE 0 END DESC,
                                  decided DESC
                         LIMIT 5
                        """)
                .param("dataset", request.dataset())
                .param("id", request.id())
                .param("username", username)
                .param("within", Columns.array(within))
                .param("purpose", request.body().purpose())
                .param("organisation", request.organisation())
                .query(
                        (row, n) ->
                                new Request.Similar(
                                        row.getString("id"),
                                        row.getString("number"),
                                        row.getString("organisation"),
                                        Request.Outcome.valueOf(row.getString("decision")),
                                        row.getString("purpose"),
                                        Columns.time(row, "decided")))
                .list();
    }

    private static Precedents.Past read(ResultSet row, int number) throws SQLException {
        return new Precedents.Past(
                row.getString("id"),
                row.getString("number"),
                Request.State.valueOf(row.getString("state")),
                row.getString("dataset"),
                row.getString("dataset_title"),
                row.getString("organisation"),
                row.getString("owner"),
                row.getString("applicant"),
                Columns.list(row, "fields"),
                row.getString("purpose"),
                row.getString("matter"),
                Columns.time(row, "created"));
    }
}

package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.catalogue.Upload.State;
import cn.tiaoxi.platform.ledger.Author;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Uploads. Every change of state says from which state it comes, so that only one can win. */
@Repository
class UploadStore {
    private static final String COLUMNS =
            """
            SELECT id, file_name, bytes, state, username, name, organisation, created, updated,
                   probe, load_order, dataset, row_count, rejected, fault
              FROM catalogue.upload
            """;

    private final JdbcClient database;
    private final JsonMapper json;
    private final Clock clock;

    UploadStore(JdbcClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    void add(String id, String fileName, Author author) {
        database.sql(
                        """
                        INSERT INTO catalogue.upload
                               (id, file_name, bytes, state, username, name, organisation, created,
                                updated)
                        VALUES (:id::uuid, :fileName, 0, 'RECEIVING', :username, :name,
                                :organisation, :now, :now)
                        """)
                .param("id", id)
                .param("fileName", fileName)
                .param("username", author.username())
                .param("name", author.name())
                .param("organisation", author.organisation())
                .param("now", now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    Optional<Upload> find(String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql(COLUMNS + " WHERE id = :id::uuid")
                        .param("id", id)
                        .query(this::upload)
                        .optional()
                : Optional.empty();
    }

    /** Uploads by people of these organisations, empty for all; the newest first. */
    Page<Upload> list(Set<String> organisations, Slice slice) {
        String where =
                organisations.isEmpty()
                        ? " WHERE true"
                        : " WHERE organisation = ANY (:organisations::text[])";
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        if (!organisations.isEmpty()) {
            parameters.put("organisations", organisations.toArray(String[]::new));
        }
        long total =
                database.sql("SELECT count(*) FROM catalogue.upload" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(Map.of("created", "created"), "-created");
        List<Upload> rows =
                database.sql(
                                COLUMNS
                                        + where
                                        + order.condition(slice, "id", "timestamptz")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(this::upload)
                        .list();
        return slice.page(rows, total, u -> new Slice.Position(u.created().toString(), u.id()));
    }

    List<Upload> inState(State state) {
        return database.sql(COLUMNS + " WHERE state = :state ORDER BY updated")
                .param("state", state.name())
                .query(this::upload)
                .list();
    }

    /** Uploads that nobody touched since then and whose file is still kept. */
    List<Upload> forgotten(Instant since) {
        return database.sql(
                        COLUMNS
                                + """
                                 WHERE state IN ('PROBED', 'FAILED', 'CANCELLED')
                                   AND updated < :since
                                """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(this::upload)
                .list();
    }

    boolean probed(String id, State before, long bytes, ProbeResult probe) {
        return database.sql(
                                """
                                UPDATE catalogue.upload
                                   SET state = 'PROBED', bytes = :bytes, probe = :probe::jsonb,
                                       fault = NULL, updated = :now
                                 WHERE id = :id::uuid AND state = :before
                                """)
                        .param("bytes", bytes)
                        .param("probe", json.writeValueAsString(probe))
                        .param("now", now())
                        .param("id", id)
                        .param("before", before.name())
                        .update()
                == 1;
    }

    /**
     * Enters that a load is ordered.
     *
     * @throws CatalogueException if another load of the dataset is under way
     */
    boolean ordered(Upload upload, LoadOrder order, String dataset) {
        try {
            return database.sql(
                                    """
                                    UPDATE catalogue.upload
                                       SET state = 'LOADING', load_order = :order::jsonb,
                                           dataset = :dataset::uuid, fault = NULL, updated = :now
                                     WHERE id = :id::uuid AND state = :before
                                    """)
                            .param("order", json.writeValueAsString(order))
                            .param("dataset", dataset)
                            .param("now", now())
                            .param("id", upload.id())
                            .param("before", upload.state().name())
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            throw CatalogueException.datasetBusy();
        }
    }

    boolean loaded(String id, Upload.Outcome outcome) {
        return database.sql(
                                """
                                UPDATE catalogue.upload
                                   SET state = 'LOADED', row_count = :rows, rejected = :rejected,
                                       updated = :now
                                 WHERE id = :id::uuid AND state = 'LOADING'
                                """)
                        .param("rows", outcome.rows())
                        .param("rejected", outcome.rejected())
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean ended(String id, State before, State after, long bytes, Upload.@Nullable Fault fault) {
        return database.sql(
                                """
                                UPDATE catalogue.upload
                                   SET state = :after, bytes = :bytes, fault = :fault::jsonb,
                                       updated = :now
                                 WHERE id = :id::uuid AND state = :before
                                """)
                        .param("after", after.name())
                        .param("bytes", bytes)
                        .param("fault", fault == null ? null : json.writeValueAsString(fault))
                        .param("now", now())
                        .param("id", id)
                        .param("before", before.name())
                        .update()
                == 1;
    }

    /** Forgets an upload in that state. */
    boolean remove(String id, State before) {
        return database.sql(
                                """
                                DELETE FROM catalogue.upload
                                 WHERE id = :id::uuid AND state = :before
                                """)
                        .param("id", id)
                        .param("before", before.name())
                        .update()
                == 1;
    }

    private Upload upload(ResultSet row, int number) throws SQLException {
        @Nullable String probe = row.getString("probe");
        @Nullable String order = row.getString("load_order");
        @Nullable String fault = row.getString("fault");
        @Nullable Object loaded = row.getObject("row_count");
        return new Upload(
                row.getString("id"),
                row.getString("file_name"),
                row.getLong("bytes"),
                State.valueOf(row.getString("state")),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant(),
                probe == null ? null : json.readValue(probe, ProbeResult.class),
                order == null ? null : json.readValue(order, LoadOrder.class),
                row.getString("dataset"),
                loaded == null
                        ? null
                        : new Upload.Outcome(row.getLong("row_count"), row.getLong("rejected")),
                fault == null ? null : json.readValue(fault, Upload.Fault.class));
    }
}

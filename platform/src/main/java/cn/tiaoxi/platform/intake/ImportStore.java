package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.intake.Import.State;
import cn.tiaoxi.platform.ledger.Author;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Imports. Every change of state says from which state it comes, so that only one can win. */
@Repository
class ImportStore {
    private static final String COLUMNS =
            """
            SELECT id, type, file_name, bytes, state, username, name, organisation,
                   agent_username, agent_name, agent_organisation, language, created, updated,
                   layout, targets, options, counts, notices, samples, fault, batch, kept
              FROM intake.import
            """;
    private static final TypeReference<List<@Nullable String>> TARGETS = new TypeReference<>() {};
    private static final TypeReference<List<Import.Notice>> NOTICES = new TypeReference<>() {};
    private static final TypeReference<List<Import.Sample>> SAMPLES = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;
    private final Clock clock;

    ImportStore(JdbcClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    void add(Import job) {
        database.sql(
                        """
                        INSERT INTO intake.import
                               (id, type, file_name, bytes, state, username, name, organisation,
                                agent_username, agent_name, agent_organisation, language, created,
                                updated, layout, targets, options, counts, notices, samples)
                        VALUES (:id::uuid, :type, :fileName, :bytes, :state, :username, :name,
                                :organisation, :username, :name, :organisation, :language, :now,
                                :now, :layout::jsonb, :targets::jsonb, :options::jsonb,
                                :counts::jsonb, :notices::jsonb, '[]')
                        """)
                .param("id", job.id())
                .param("type", job.type())
                .param("fileName", job.fileName())
                .param("bytes", job.bytes())
                .param("state", job.state().name())
                .param("username", job.maker().username())
                .param("name", job.maker().name())
                .param("organisation", job.maker().organisation())
                .param("language", job.language())
                .param("now", now())
                .param("layout", json.writeValueAsString(job.layout()))
                .param("targets", json.writeValueAsString(job.targets()))
                .param("options", json.writeValueAsString(job.options()))
                .param("counts", json.writeValueAsString(job.counts()))
                .param("notices", json.writeValueAsString(job.notices()))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    Optional<Import> find(String type, String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql(COLUMNS + " WHERE id = :id::uuid AND type = :type")
                        .param("id", id)
                        .param("type", type)
                        .query(this::job)
                        .optional()
                : Optional.empty();
    }

    /** Imports into a ledger by people of these organisations, empty for all; the newest first. */
    Page<Import> list(String type, Set<String> organisations, Slice slice) {
        String where =
                " WHERE type = :type"
                        + (organisations.isEmpty()
                                ? ""
                                : " AND organisation = ANY (:organisations::text[])");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("type", type);
        parameters.put("organisations", organisations.toArray(String[]::new));
        long total =
                database.sql("SELECT count(*) FROM intake.import" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        Slice.Order order = slice.order(Map.of("created", "created"), "-created");
        List<Import> rows =
                database.sql(
                                COLUMNS
                                        + where
                                        + order.condition(slice, "id", "timestamptz")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(this::job)
                        .list();
        return slice.page(rows, total, j -> new Slice.Position(j.created().toString(), j.id()));
    }

    List<Import> inStates(Collection<State> states) {
        return database.sql(COLUMNS + " WHERE state = ANY (:states::text[]) ORDER BY updated")
                .param("states", states.stream().map(State::name).toArray(String[]::new))
                .query(this::job)
                .list();
    }

    /** Imports whose file is there though nobody touched them since then. */
    List<Import> forgotten(Instant since) {
        return database.sql(
                        COLUMNS
                                + " WHERE kept AND updated < :since"
                                + " AND state NOT IN ('CHECKING', 'APPLYING')")
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(this::job)
                .list();
    }

    /** How a file is to be read; what an earlier check found goes. False if it is under way. */
    boolean relaid(
            Import job, Layout layout, List<@Nullable String> targets, Import.Options options) {
        forget(job.id());
        return database.sql(
                                """
                                UPDATE intake.import
                                   SET layout = :layout::jsonb, targets = :targets::jsonb,
                                       options = :options::jsonb, counts = :counts::jsonb,
                                       samples = '[]', notices = :notices::jsonb,
                                       state = 'RECEIVED', fault = NULL, updated = :now
                                 WHERE id = :id::uuid AND state = :state AND batch IS NULL
                                """)
                        .param("layout", json.writeValueAsString(layout))
                        .param("targets", json.writeValueAsString(targets))
                        .param("options", json.writeValueAsString(options))
                        .param("counts", json.writeValueAsString(Import.Counts.NONE))
                        .param("notices", json.writeValueAsString(job.notices()))
                        .param("now", now())
                        .param("id", job.id())
                        .param("state", job.state().name())
                        .update()
                == 1;
    }

    /** Orders a check or the writing. False if something else is under way. */
    boolean ordered(Import job, State next, Author agent, String language, @Nullable String batch) {
        return database.sql(
                                """
                                UPDATE intake.import
                                   SET state = :next, agent_username = :username,
                                       agent_name = :name, agent_organisation = :organisation,
                                       language = :language, fault = NULL, updated = :now,
                                       batch = :batch::uuid
                                 WHERE id = :id::uuid AND state = :state
                                """)
                        .param("next", next.name())
                        .param("username", agent.username())
                        .param("name", agent.name())
                        .param("organisation", agent.organisation())
                        .param("language", language)
                        .param("now", now())
                        .param("batch", batch)
                        .param("id", job.id())
                        .param("state", job.state().name())
                        .update()
                == 1;
    }

    /** Ends what is under way. False if it has ended already. */
    boolean ended(
            Import job,
            State next,
            Import.Counts counts,
            List<Import.Notice> notices,
            List<Import.Sample> samples,
            Import.@Nullable Fault fault) {
        return database.sql(
                                """
                                UPDATE intake.import
                                   SET state = :next, counts = :counts::jsonb,
                                       notices = :notices::jsonb, samples = :samples::jsonb,
                                       fault = :fault::jsonb, updated = :now
                                 WHERE id = :id::uuid AND state = :state
                                """)
                        .param("next", next.name())
                        .param("counts", json.writeValueAsString(counts))
                        .param("notices", json.writeValueAsString(notices))
                        .param("samples", json.writeValueAsString(samples))
                        .param("fault", fault == null ? null : json.writeValueAsString(fault))
                        .param("now", now())
                        .param("id", job.id())
                        .param("state", job.state().name())
                        .update()
                == 1;
    }

    /** Forgets what a check found. */
    void forget(String id) {
        database.sql("DELETE FROM intake.finding WHERE import = :id::uuid")
                .param("id", id)
                .update();
        database.sql("DELETE FROM intake.chunk WHERE import = :id::uuid AND phase = 'CHECK'")
                .param("id", id)
                .update();
    }

    /** Removes an import of which nothing was written. False if its state is another. */
    boolean remove(Import job) {
        return database.sql(
                                """
                                DELETE FROM intake.import
                                 WHERE id = :id::uuid AND state = :state AND batch IS NULL
                                """)
                        .param("id", job.id())
                        .param("state", job.state().name())
                        .update()
                == 1;
    }

    void fileGone(String id) {
        database.sql("UPDATE intake.import SET kept = false WHERE id = :id::uuid")
                .param("id", id)
                .update();
    }

    private Import job(ResultSet row, int number) throws SQLException {
        String fault = row.getString("fault");
        return new Import(
                row.getString("id"),
                row.getString("type"),
                row.getString("file_name"),
                row.getLong("bytes"),
                State.valueOf(row.getString("state")),
                new Author(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("organisation")),
                new Author(
                        row.getString("agent_username"),
                        row.getString("agent_name"),
                        row.getString("agent_organisation")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant(),
                json.readValue(row.getString("layout"), Layout.class),
                json.readValue(row.getString("targets"), TARGETS),
                json.readValue(row.getString("options"), Import.Options.class),
                json.readValue(row.getString("counts"), Import.Counts.class),
                json.readValue(row.getString("notices"), NOTICES),
                json.readValue(row.getString("samples"), SAMPLES),
                fault == null ? null : json.readValue(fault, Import.Fault.class),
                row.getString("batch"),
                row.getString("language"),
                row.getBoolean("kept"));
    }
}

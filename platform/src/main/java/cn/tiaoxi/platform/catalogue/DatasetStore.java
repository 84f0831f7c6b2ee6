package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Confirmation;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Given;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Recognised;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Suggestion;
import cn.tiaoxi.platform.ledger.Author;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Columns and loads of datasets. */
@Repository
class DatasetStore {
    private static final int MOST_LOADS = 100;

    private final JdbcClient database;
    private final JsonMapper json;

    DatasetStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    List<DatasetColumn> columns(String dataset) {
        return database.sql(
                        """
                        SELECT name, label, type, position, description, kind, kind_share,
                               check_failures, profile, suggested_element, suggested_grade,
                               suggested_reason, element, grade, confirmed_by, confirmed_by_name,
                               confirmed
                          FROM catalogue.dataset_column
                         WHERE dataset = :dataset::uuid ORDER BY position
                        """)
                .param("dataset", dataset)
                .query(this::column)
                .list();
    }

    private DatasetColumn column(ResultSet row, int number) throws SQLException {
        @Nullable String kind = row.getString("kind");
        @Nullable String profile = row.getString("profile");
        return new DatasetColumn(
                row.getString("name"),
                row.getString("label"),
                ColumnType.valueOf(row.getString("type")),
                row.getInt("position"),
                kind == null
                        ? null
                        : new Recognised(
                                kind, row.getDouble("kind_share"), row.getLong("check_failures")),
                profile == null ? null : json.readValue(profile, Profile.class),
                new Suggestion(
                        row.getString("suggested_element"),
                        Grade.valueOf(row.getString("suggested_grade")),
                        json.readValue(row.getString("suggested_reason"), Words.class)),
                given(row));
    }

    private static Given given(ResultSet row) throws SQLException {
        @Nullable String grade = row.getString("grade");
        @Nullable OffsetDateTime confirmed = row.getObject("confirmed", OffsetDateTime.class);
        return new Given(
                row.getString("description"),
                row.getString("element"),
                grade == null ? null : Grade.valueOf(grade),
                confirmed == null
                        ? null
                        : new Confirmation(
                                row.getString("confirmed_by"),
                                row.getString("confirmed_by_name"),
                                confirmed.toInstant()));
    }

    /** Puts these columns in place of those that were there. */
    void replaceColumns(String dataset, List<DatasetColumn> columns) {
        database.sql("DELETE FROM catalogue.dataset_column WHERE dataset = :dataset::uuid")
                .param("dataset", dataset)
                .update();
        columns.forEach(c -> addColumn(dataset, c));
    }

    private void addColumn(String dataset, DatasetColumn column) {
        Recognised recognised = column.recognised();
        Profile profile = column.profile();
        Given given = column.given();
        Grade grade = given.grade();
        Confirmation confirmation = given.confirmation();
        database.sql(
                        """
                        INSERT INTO catalogue.dataset_column
                               (dataset, position, name, label, type, description, kind,
                                kind_share, check_failures, profile, suggested_element,
                                suggested_grade, suggested_reason, element, grade, confirmed_by,
                                confirmed_by_name, confirmed)
                        VALUES (:dataset::uuid, :position, :name, :label, :type, :description,
                                :kind, :share, :failures, :profile::jsonb, :suggestedElement,
                                :suggestedGrade, :reason::jsonb, :element, :grade, :confirmedBy,
                                :confirmedByName, :confirmed)
                        """)
                .param("dataset", dataset)
                .param("position", column.position())
                .param("name", column.name())
                .param("label", column.label())
                .param("type", column.type().name())
                .param("description", given.description())
                .param("kind", column.kind())
                .param("share", recognised == null ? null : recognised.share())
                .param("failures", column.checkFailures())
                .param("profile", profile == null ? null : json.writeValueAsString(profile))
                .param("suggestedElement", column.suggestion().element())
                .param("suggestedGrade", column.suggestion().grade().name())
                .param("reason", json.writeValueAsString(column.suggestion().reason()))
                .param("element", given.element())
                .param("grade", grade == null ? null : grade.name())
                .param("confirmedBy", confirmation == null ? null : confirmation.username())
                .param("confirmedByName", confirmation == null ? null : confirmation.name())
                .param(
                        "confirmed",
                        confirmation == null ? null : confirmation.time().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest loads of a dataset, the newest first. */
    List<Load> loads(String dataset) {
        return database.sql(
                        """
                        SELECT id, dataset, time, username, name, file_name, mode, row_count,
                               rejected, snapshot
                          FROM catalogue.dataset_load
                         WHERE dataset = :dataset::uuid ORDER BY time DESC, id LIMIT :most
                        """)
                .param("dataset", dataset)
                .param("most", MOST_LOADS)
                .query(DatasetStore::load)
                .list();
    }

    private static Load load(ResultSet row, int number) throws SQLException {
        return new Load(
                row.getString("id"),
                row.getString("dataset"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new Author(row.getString("username"), row.getString("name"), ""),
                row.getString("file_name"),
                LoadMode.valueOf(row.getString("mode")),
                row.getLong("row_count"),
                row.getLong("rejected"),
                row.getLong("snapshot"));
    }

    void addLoad(Load load) {
        database.sql(
                        """
                        INSERT INTO catalogue.dataset_load
                               (id, dataset, time, username, name, file_name, mode, row_count,
                                rejected, snapshot)
                        VALUES (:id::uuid, :dataset::uuid, :time, :username, :name, :fileName,
                                :mode, :rows, :rejected, :snapshot)
                        """)
                .param("id", load.id())
                .param("dataset", load.dataset())
                .param("time", load.time().atOffset(ZoneOffset.UTC))
                .param("username", load.author().username())
                .param("name", load.author().name())
                .param("fileName", load.fileName())
                .param("mode", load.mode().name())
                .param("rows", load.rows())
                .param("rejected", load.rejected())
                .param("snapshot", load.snapshot())
                .update();
    }
}

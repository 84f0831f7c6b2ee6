package cn.tiaoxi.platform.personnel;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who came to which training. */
@Repository
class AttendanceStore {
    private static final String COLUMNS =
            """
            training::text AS training, person::text AS person, attended, score, passed,
            valid_until
            """;

    private final JdbcClient database;

    AttendanceStore(JdbcClient database) {
        this.database = database;
    }

    List<Attendance> ofTraining(String training) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM personnel.attendance WHERE training = :id::uuid"
                                + " ORDER BY person")
                .param("id", training)
                .query(AttendanceStore::read)
                .list();
    }

    List<Attendance> ofPerson(String person) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + " FROM personnel.attendance WHERE person = :id::uuid"
                                + " ORDER BY valid_until DESC NULLS LAST, training")
                .param("id", person)
                .query(AttendanceStore::read)
                .list();
    }

    /** Last day on which a training of somebody counts. */
    Optional<LocalDate> trainedUntil(String person) {
        return database.sql(
                        """
                        SELECT valid_until FROM personnel.attendance
                         WHERE person = :id::uuid AND passed AND valid_until IS NOT NULL
                         ORDER BY valid_until DESC LIMIT 1
                        """)
                .param("id", person)
                .query(LocalDate.class)
                .optional();
    }

    /** Writes a record over the one before it. */
    void save(Attendance each, Instant now, String by) {
        database.sql(
                        """
                        INSERT INTO personnel.attendance
                               (training, person, attended, score, passed, valid_until, recorded,
                                recorded_by)
                        VALUES (:training::uuid, :person::uuid, :attended, :score, :passed,
                                :until, :now, :by)
                            ON CONFLICT (training, person) DO UPDATE
                           SET attended = excluded.attended, score = excluded.score,
                               passed = excluded.passed, valid_until = excluded.valid_until,
                               recorded = excluded.recorded, recorded_by = excluded.recorded_by
                        """)
                .param("training", each.training())
                .param("person", each.person())
                .param("attended", each.attended())
                .param("score", each.score())
                .param("passed", each.passed())
                .param("until", each.validUntil())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .update();
    }

    boolean delete(String training, String person) {
        return database.sql(
                                """
                                DELETE FROM personnel.attendance
                                 WHERE training = :training::uuid AND person = :person::uuid
                                """)
                        .param("training", training)
                        .param("person", person)
                        .update()
                == 1;
    }

    /** How many came and passed. */
    record Counts(long recorded, long attended, long passed) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    Map<String, Counts> counts(Collection<String> trainings) {
        Map<String, Counts> counts = new HashMap<>();
        database.sql(
                        """
                        SELECT training::text AS training, count(*) AS recorded,
                               count(*) FILTER (WHERE attended) AS attended,
                               count(*) FILTER (WHERE passed) AS passed
                          FROM personnel.attendance WHERE training = ANY (:ids::uuid[])
                         GROUP BY training
                        """)
                .param("ids", trainings.toArray(String[]::new))
                .query(
                        (row, n) ->
                                counts.put(
                                        row.getString("training"),
                                        new Counts(
                                                row.getLong("recorded"),
                                                row.getLong("attended"),
                                                row.getLong("passed"))))
                .list();
        return counts;
    }

    private static Attendance read(ResultSet row, int number) throws SQLException {
        @Nullable BigDecimal score = row.getBigDecimal("score");
        return new Attendance(
                row.getString("training"),
                row.getString("person"),
                row.getBoolean("attended"),
                score,
                row.getBoolean("passed"),
                row.getObject("valid_until", LocalDate.class));
    }
}

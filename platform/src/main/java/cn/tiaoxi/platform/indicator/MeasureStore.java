package cn.tiaoxi.platform.indicator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The values of indicators, one a day; the day's last stands. */
@Repository
class MeasureStore {
    private final JdbcClient database;

    MeasureStore(JdbcClient database) {
        this.database = database;
    }

    void keep(String indicator, Measure measure) {
        database.sql(
                        """
                        INSERT INTO indicator.measure
                               (indicator, day, value, numerator, denominator, computed)
                        VALUES (:indicator, :day, :value, :numerator, :denominator, :computed)
                            ON CONFLICT (indicator, day) DO UPDATE
                           SET value = excluded.value, numerator = excluded.numerator,
                               denominator = excluded.denominator, computed = excluded.computed
                        """)
                .param("indicator", indicator)
                .param("day", measure.day())
                .param("value", measure.value())
                .param("numerator", measure.numerator())
                .param("denominator", measure.denominator())
                .param("computed", measure.computed().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The days since then, oldest first. */
    List<Measure> since(String indicator, LocalDate day) {
        return database.sql(
                        """
                        SELECT day, value, numerator, denominator, computed FROM indicator.measure
                         WHERE indicator = :indicator AND day >= :day ORDER BY day
                        """)
                .param("indicator", indicator)
                .param("day", day)
                .query(MeasureStore::measure)
                .list();
    }

    private static Measure measure(ResultSet row, int number) throws SQLException {
        return new Measure(
                row.getObject("day", LocalDate.class),
                number(row, "value"),
                number(row, "numerator"),
                number(row, "denominator"),
                row.getObject("computed", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}

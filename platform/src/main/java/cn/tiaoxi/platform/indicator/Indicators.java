package cn.tiaoxi.platform.indicator;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** The indicators of {@code indicators/*.yaml}, their values and the rows behind them. */
@Service
public class Indicators {
    private static final Logger LOG = LoggerFactory.getLogger(Indicators.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int TREND_DAYS = 90;

    private final Map<String, Indicator> byId = new LinkedHashMap<>();
    private final Map<String, Measure> newest = Collections.synchronizedMap(new HashMap<>());
    private final PublishedReader reader;
    private final MeasureStore store;
    private final City city;
    private final Clock clock;

    /** The shape of a file. */
    record IndicatorFile(List<Indicator> indicators) {}

    Indicators(
            CityFolder folder, PublishedReader reader, MeasureStore store, City city, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.city = city;
        this.clock = clock;
        for (Path file : folder.files("indicators", ".yaml")) {
            for (Indicator indicator : folder.read(file, IndicatorFile.class).indicators()) {
                if (byId.put(indicator.id(), indicator) != null) {
                    throw CityException.wrong(
                            file, "the indicator " + indicator.id() + " stands twice");
                }
            }
        }
    }

    public Collection<Indicator> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /**
     * One indicator.
     *
     * @throws IndicatorException if there is none of that identifier
     */
    public Indicator get(String id) {
        Indicator indicator = byId.get(id);
        if (indicator == null) {
            throw IndicatorException.notFound(id);
        }
        return indicator;
    }

    /** The value of now, at most five seconds old. */
    public Measure measure(Indicator indicator) {
        Measure last = newest.get(indicator.id());
        Instant now = clock.instant();
        if (last != null && last.computed().plus(FRESH).isAfter(now)) {
            return last;
        }
        Measure measured = compute(indicator, now);
        newest.put(indicator.id(), measured);
        return measured;
    }

    /** The values of the last ninety days, oldest first. */
    public List<Measure> trend(Indicator indicator) {
        return store.since(indicator.id(), today().minusDays(TREND_DAYS));
    }

    /** Computes and keeps every indicator's value of today. */
    @Scheduled(initialDelay = 20_000, fixedDelayString = "PT5M")
    void keep() {
        for (Indicator indicator : byId.values()) {
            try {
                store.keep(indicator.id(), compute(indicator, clock.instant()));
            } catch (IndicatorException e) {
                LOG.error("The indicator {} cannot be computed", indicator.id(), e);
            }
        }
    }

    private Measure compute(Indicator indicator, Instant now) {
        try {
            return reader.query(indicator.value(), Map.of(), (row, n) -> measure(row, today(), now))
                    .getFirst();
        } catch (DataAccessException | java.util.NoSuchElementException e) {
            throw IndicatorException.failed(indicator.id(), e);
        }
    }

    private static Measure measure(ResultSet row, LocalDate day, Instant now) throws SQLException {
        Set<String> columns = names(row.getMetaData());
        if (columns.contains("value")) {
            return new Measure(day, number(row, "value"), null, null, now);
        }
        double numerator = row.getDouble("numerator");
        double denominator = row.getDouble("denominator");
        Double ratio = denominator == 0 ? null : numerator / denominator;
        return new Measure(day, ratio, numerator, denominator, now);
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static Set<String> names(ResultSetMetaData data) throws SQLException {
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            names.add(data.getColumnLabel(i));
        }
        return names;
    }

    /** The rows behind the number, in the order of their identifiers. */
    public Page<Map<String, Object>> rows(Indicator indicator, Slice slice) {
        Slice.Order order = slice.order(Map.of("id", "id"), "id");
        String from = " FROM (" + indicator.rows() + ") AS behind";
        try {
            long total =
                    reader.query("SELECT count(*)" + from, Map.of(), (row, n) -> row.getLong(1))
                            .getFirst();
            List<Map<String, Object>> rows =
                    reader.query(
                            "SELECT *"
                                    + from
                                    + " WHERE true"
                                    + order.condition(slice, "id", "text")
                                    + order.clause(slice, "id"),
                            slice.parameters(),
                            (row, n) -> row(indicator, row));
            return slice.page(
                    rows,
                    total,
                    row ->
                            new Slice.Position(
                                    String.valueOf(row.get("id")), String.valueOf(row.get("id"))));
        } catch (DataAccessException e) {
            throw IndicatorException.failed(indicator.id(), e);
        }
    }

    private static Map<String, Object> row(Indicator indicator, ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names(row.getMetaData())) {
            Object value = row.getObject(name);
            if (value != null) {
                values.put(name, value instanceof java.sql.Timestamp t ? t.toInstant() : value);
            }
        }
        String link = indicator.link();
        if (link != null) {
            for (Map.Entry<String, Object> each : Map.copyOf(values).entrySet()) {
                link = link.replace("{" + each.getKey() + "}", String.valueOf(each.getValue()));
            }
            values.put("link", link);
        }
        return values;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), city.zone());
    }
}

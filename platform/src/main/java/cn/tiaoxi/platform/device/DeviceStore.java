package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads devices and how they fare. */
@Repository
class DeviceStore {
    static final String FROM = " FROM device.device d JOIN device.state s USING (entry)";
    private static final String SELECT =
            """
            SELECT d.entry, d.code, d.title, d.organisation, d.kind, d.division, d.lon, d.lat,
                   s.state, s.since, s.last_seen, s.battery, s.signal, s.status
            """;
    private static final Map<String, String> SORTS =
            Map.of(
                    "code", "d.code",
                    "title", "d.title",
                    "organisation", "d.organisation",
                    "kind", "d.kind",
                    "state", "s.state",
                    "lastSeen",
                            "coalesce(to_char(s.last_seen AT TIME ZONE 'UTC',"
                                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '')");

    private final JdbcClient database;

    DeviceStore(JdbcClient database) {
        this.database = database;
    }

    /** A device in use. */
    Optional<Device> find(String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql(SELECT + FROM + " WHERE d.ended IS NULL AND d.entry = :id::uuid")
                        .param("id", id)
                        .query(DeviceStore::read)
                        .optional()
                : Optional.empty();
    }

    Page<Device> list(DeviceFilter filter, Slice slice) {
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.putAll(filter.parameters());
        Slice.Order order = slice.order(SORTS, "title");
        record Row(Device device, String position) {}
        List<Row> rows =
                database.sql(
                                SELECT
                                        + ", "
                                        + order.expression()
                                        + " AS position"
                                        + FROM
                                        + filter.where()
                                        + order.condition(slice, "d.entry", "text")
                                        + order.clause(slice, "d.entry"))
                        .params(parameters)
                        .query((row, n) -> new Row(read(row, n), row.getString("position")))
                        .list();
        return slice.page(
                        rows, count(filter), r -> new Slice.Position(r.position(), r.device().id()))
                .map(Row::device);
    }

    long count(DeviceFilter filter) {
        return database.sql("SELECT count(*)" + FROM + filter.where())
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    /** How many devices are in each state. */
    Map<Device.State, Long> states(DeviceFilter filter) {
        Map<Device.State, Long> counts = new HashMap<>();
        database.sql(
                        "SELECT s.state, count(*) AS devices"
                                + FROM
                                + filter.where()
                                + " GROUP BY s.state")
                .params(filter.parameters())
                .query(
                        (row, n) ->
                                counts.put(
                                        Device.State.valueOf(row.getString("state")),
                                        row.getLong("devices")))
                .list();
        return counts;
    }

    /** How many devices the ledger gives no place on the map. */
    long unplaced(DeviceFilter filter) {
        DeviceFilter everywhere = filter.everywhere();
        return database.sql("SELECT count(*)" + FROM + everywhere.where() + " AND d.lon IS NULL")
                .params(everywhere.parameters())
                .query(Long.class)
                .single();
    }

    /** A square of the map's grid, and what stands in it. */
    record Cell(
            double lon,
            double lat,
            long devices,
            long online,
            long offline,
            long unseen,
            String first) {}

    /** Counts devices within the squares of a grid, in degrees. */
    List<Cell> cells(DeviceFilter filter, double width, double height) {
        Map<String, Object> parameters = filter.parameters();
        parameters.put("width", width);
        parameters.put("height", height);
        return database.sql(
                        """
                        SELECT avg(d.lon) AS lon, avg(d.lat) AS lat, count(*) AS devices,
                               count(*) FILTER (WHERE s.state = 'ONLINE') AS online,
                               count(*) FILTER (WHERE s.state = 'OFFLINE') AS offline,
                               count(*) FILTER (WHERE s.state = 'UNSEEN') AS unseen,
                               min(d.entry::text) AS first
                        """
                                + FROM
                                + filter.where()
                                + " GROUP BY floor(d.lon / :width), floor(d.lat / :height)")
                .params(parameters)
                .query(Cell.class)
                .list();
    }

    /** All devices that the filter means; only for filters that mean few. */
    List<Device> all(DeviceFilter filter) {
        return database.sql(SELECT + FROM + filter.where() + " ORDER BY d.entry")
                .params(filter.parameters())
                .query(DeviceStore::read)
                .list();
    }

    /** The devices of these identifiers. */
    List<Device> all(List<String> ids) {
        return database.sql(SELECT + FROM + " WHERE d.entry = ANY (:ids::uuid[]) ORDER BY d.entry")
                .param("ids", ids.toArray(String[]::new))
                .query(DeviceStore::read)
                .list();
    }

    /** A device's outages, newest first. */
    Page<Outage> outages(String id, Slice slice) {
        Slice.Order order =
                slice.order(
                        Map.of(
                                "since",
                                "to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
                        "-since");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("id", id);
        record Row(Outage outage, String position) {}
        List<Row> rows =
                database.sql(
                                "SELECT since, until, "
                                        + order.expression()
                                        + " AS position FROM device.outage WHERE entry = :id::uuid"
                                        + order.condition(slice, "entry", "text")
                                        + order.clause(slice, "entry"))
                        .params(parameters)
                        .query(
                                (row, n) ->
                                        new Row(
                                                new Outage(
                                                        time(row, "since"), instant(row, "until")),
                                                row.getString("position")))
                        .list();
        long total =
                database.sql("SELECT count(*) FROM device.outage WHERE entry = :id::uuid")
                        .param("id", id)
                        .query(Long.class)
                        .single();
        return slice.page(rows, total, r -> new Slice.Position(r.position(), id)).map(Row::outage);
    }

    /** Where all but one in a hundred devices on each side are; none if no device has a place. */
    Optional<DeviceFilter.Box> box() {
        return database.sql(
                        """
                        SELECT percentile_disc(0.01) WITHIN GROUP (ORDER BY lon) AS west,
                               percentile_disc(0.01) WITHIN GROUP (ORDER BY lat) AS south,
                               percentile_disc(0.99) WITHIN GROUP (ORDER BY lon) AS east,
                               percentile_disc(0.99) WITHIN GROUP (ORDER BY lat) AS north
                          FROM device.device WHERE ended IS NULL AND lon IS NOT NULL
                        HAVING count(*) > 0
                        """)
                .query(DeviceFilter.Box.class)
                .optional();
    }

    /**
     * Points at the rim of each division, among them the corners of its convex hull: the
     * southernmost and northernmost device of each strip of a ten-thousandth of a degree.
     */
    Map<String, List<double[]>> rims(int digits) {
        Map<String, List<double[]>> rims = new HashMap<>();
        database.sql(
                        """
                        SELECT left(division, :digits) AS code, round(lon::numeric, 4)::float8 AS lon,
                               min(lat) AS south, max(lat) AS north
                          FROM device.device
                         WHERE ended IS NULL AND lon IS NOT NULL AND length(division) >= :digits
                         GROUP BY 1, 2
                        """)
                .param("digits", digits)
                .query(
                        (row, n) -> {
                            List<double[]> rim =
                                    rims.computeIfAbsent(
                                            row.getString("code"), c -> new ArrayList<>());
                            rim.add(new double[] {row.getDouble("lon"), row.getDouble("south")});
                            return rim.add(
                                    new double[] {row.getDouble("lon"), row.getDouble("north")});
                        })
                .list();
        return rims;
    }

    private static Device read(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        return new Device(
                row.getString("entry"),
                row.getString("code"),
                row.getString("title"),
                row.getString("organisation"),
                row.getString("kind"),
                row.getString("division"),
                Device.State.valueOf(row.getString("state")),
                time(row, "since"),
                instant(row, "last_seen"),
                row.getObject("lon", Double.class),
                row.getObject("lat", Double.class),
                row.getObject("battery", Integer.class),
                row.getObject("signal", Integer.class),
                status == null ? null : Heartbeat.Status.valueOf(status));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

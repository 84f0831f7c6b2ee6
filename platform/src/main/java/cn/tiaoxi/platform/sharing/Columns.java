package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.Wire;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Values between rows and records. */
final class Columns {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Columns() {}

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static List<String> list(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    static String[] array(Iterable<String> values) {
        return java.util.stream.StreamSupport.stream(values.spliterator(), false)
                .toArray(String[]::new);
    }

    static SortedMap<String, Mask> masks(ResultSet row) throws SQLException {
        return JSON.readValue(
                row.getString("masks"), new TypeReference<TreeMap<String, Mask>>() {});
    }

    /** The service of an interface, or null. */
    static @Nullable HttpUpstream upstream(ResultSet row) throws SQLException {
        String json = row.getString("upstream");
        return json == null ? null : Wire.JSON.readValue(json, HttpUpstream.class);
    }

    /** What of an interface may be made into files, or null. */
    static @Nullable ExportRule exports(ResultSet row) throws SQLException {
        String json = row.getString("exports");
        return json == null ? null : Wire.JSON.readValue(json, ExportRule.class);
    }

    /** Whom or what the rows of an interface are about, or null. */
    static @Nullable Subject subject(ResultSet row) throws SQLException {
        String json = row.getString("subject");
        return json == null ? null : Wire.JSON.readValue(json, Subject.class);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T read(String json, TypeReference<T> type) {
        return JSON.readValue(json, type);
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.gateway.filter.RecordPlace;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** An interface of the policy, ready for calls: a lookup, or a department's service. */
final class ServedInterface {
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");
    private static final int LONGEST_FIELD = 160;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final PolicySnapshot.PublishedInterface published;
    private final Map<String, Field> fields;
    private final @Nullable SubjectDigests digests;
    private final int tableMark;

    /**
     * @throws IllegalArgumentException if the interface cannot be served safely
     */
    ServedInterface(PolicySnapshot.PublishedInterface published) {
        this(published, byName(published.fields()), null);
    }

    /**
     * @param fields of the interface by name, in table order, which others may have alike; fewer
     *     than the list if a name is there twice
     * @param digests of its subjects, or null where the trace keeps none
     */
    ServedInterface(
            PolicySnapshot.PublishedInterface published,
            Map<String, Field> fields,
            @Nullable SubjectDigests digests) {
        this.published = published;
        this.fields = fields;
        this.digests = digests;
        require(fields.size() == published.fields().size(), "a field twice");
        for (String name : fields.keySet()) {
            require(name.indexOf('\0') < 0, "a field name with NUL");
        }
        SubjectRule subject = published.subject();
        require(subject == null || subject.column().indexOf('\0') < 0, "its subject's column");
        require(ID.matcher(published.id()).matches(), "its identifier");
        HttpUpstream service = published.upstream();
        if (service == null) {
            requireLookup();
        } else {
            requireService(service);
        }
        CRC32 mark = new CRC32();
        mark.update(published.table().getBytes(StandardCharsets.UTF_8));
        this.tableMark = (int) mark.getValue();
    }

    private void requireLookup() {
        require(TABLE.matcher(published.table()).matches(), "table " + published.table());
        require(!published.keys().isEmpty(), "no key");
        require(new HashSet<>(published.keys()).size() == published.keys().size(), "a key twice");
        require(fields.keySet().containsAll(published.keys()), "a key that is no field");
        require(
                published.keys().stream().noneMatch(PolicySnapshot.RESERVED_PARAMETERS::contains),
                "a reserved key name");
        require(published.keys().containsAll(published.ranges()), "a range that is no key");
        ExportRule exports = published.exports();
        require(
                exports == null || exports.marks().isEmpty() || published.subject() != null,
                "marked files without digests");
        require(published.pageLimit() >= 1 && published.pageLimit() <= 1_000, "its page limit");
    }

    private void requireService(HttpUpstream service) {
        require(published.keys().isEmpty(), "keys of a service");
        require(published.exports() == null, "exports of a service");
        for (Field field : published.fields()) {
            require(field.name().length() <= LONGEST_FIELD, "the field " + field.name());
            require(
                    service.format() != HttpUpstream.Format.CSV || !field.name().startsWith("/"),
                    "the column " + field.name());
            if (field.name().startsWith("/")) {
                new RecordPlace(field.name(), service.around());
            }
        }
        new RecordPlace(service.records(), service.around());
    }

    static Map<String, Field> byName(List<Field> list) {
        Map<String, Field> byName = new LinkedHashMap<>();
        list.forEach(field -> byName.put(field.name(), field));
        return byName;
    }

    private void require(boolean condition, String wrong) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "Interface " + published.id() + " cannot be served: " + wrong);
        }
    }

    /** The service that answers, or null for a lookup. */
    @Nullable HttpUpstream service() {
        return published.upstream();
    }

    /** Whether its service is asked by POST, so that callers may do so too. */
    boolean takesPost() {
        HttpUpstream service = published.upstream();
        return service != null && service.method() == HttpUpstream.Method.POST;
    }

    boolean hasParameter(String name) {
        HttpUpstream service = published.upstream();
        return service != null
                && service.parameters().stream().anyMatch(p -> p.name().equals(name));
    }

    PolicySnapshot.PublishedInterface published() {
        return published;
    }

    String id() {
        return published.id();
    }

    Map<String, Field> fields() {
        return fields;
    }

    boolean isKey(String name) {
        return published.keys().contains(name);
    }

    boolean isLive() {
        return published.state() == PolicySnapshot.InterfaceState.LIVE;
    }

    /** Tells one materialisation's cursors from another's. */
    int tableMark() {
        return tableMark;
    }

    /** Whether a range of that key may be asked for. */
    boolean isRange(String name) {
        return published.ranges().contains(name);
    }

    /** Of whom or what its rows are about, or null where the trace keeps none. */
    @Nullable SubjectDigests digests() {
        return digests;
    }

    /** Takes up the subjects of rows, or nothing where the trace keeps none. */
    @Nullable RowSubjects subjects() {
        SubjectRule rule = published.subject();
        return digests == null || rule == null ? null : new RowSubjects(rule, digests);
    }

    /**
     * A page in load order, or in the order of the key whose range is asked for; behind the columns
     * stands that of the subject, where digests are kept. Parameters: values of the conditions in
     * order, row, limit; a range's first page has no row.
     */
    String sql(
            List<String> columns, List<KeyCondition> keys, @Nullable String range, boolean first) {
        StringBuilder sql = new StringBuilder(160).append("SELECT \"tiaoxi_row\"");
        for (String column : columns) {
            quoted(column, sql.append(", "));
        }
        SubjectRule subject = published.subject();
        if (digests != null && subject != null) {
            quoted(subject.column(), sql.append(", "));
        }
        from(sql);
        int parameter = conditions(sql, keys);
        if (range != null) {
            return sql.append(ranged(range, first, parameter)).toString();
        }
        return sql.append(keys.isEmpty() ? "" : " AND ")
                .append("\"tiaoxi_row\" > $")
                .append(parameter)
                .append(" ORDER BY \"tiaoxi_row\" LIMIT $")
                .append(parameter + 1)
                .toString();
    }

    /** Goes on behind the row's own value, so that a cursor is a row here too. */
    private String ranged(String range, boolean first, int parameter) {
        String key = quoted(range, new StringBuilder()).toString();
        String order = " ORDER BY " + key + ", \"tiaoxi_row\" LIMIT $";
        if (first) {
            return order + parameter;
        }
        String last =
                from(new StringBuilder("SELECT ").append(key))
                        .append("\"tiaoxi_row\" = $")
                        .append(parameter)
                        .toString();
        return " AND (%s, \"tiaoxi_row\") > ((%s), $%d)".formatted(key, last, parameter)
                + order
                + (parameter + 1);
    }

    /** How many rows conditions find; parameters: their values in order. */
    String countSql(List<KeyCondition> keys) {
        StringBuilder sql = from(new StringBuilder(100).append("SELECT count(*)"));
        conditions(sql, keys);
        return sql.toString();
    }

    /** Writes conditions; the number of the next parameter. */
    private static int conditions(StringBuilder sql, List<KeyCondition> keys) {
        int parameter = 1;
        for (KeyCondition each : keys) {
            String key = quoted(each.key(), new StringBuilder()).toString();
            sql.append(parameter == 1 ? "" : " AND ").append(each.sql(key, parameter++));
        }
        return parameter;
    }

    private StringBuilder from(StringBuilder sql) {
        String table = published.table();
        int dot = table.indexOf('.');
        quoted(table.substring(0, dot), sql.append(" FROM "));
        quoted(table.substring(dot + 1), sql.append('.'));
        return sql.append(" WHERE ");
    }

    private static StringBuilder quoted(String name, StringBuilder into) {
        return into.append('"').append(name.replace("\"", "\"\"")).append('"');
    }
}

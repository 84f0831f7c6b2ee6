package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries as rows of a table that people can change and bring back: the code, the organisation,
 * then the fields. Cells hold what people read where it says no less: names of codes and
 * organisations unless two have the same, codes of entries that are referred to.
 */
@Component
public class EntryTable {
    /** Identifier of the column of codes. */
    public static final String CODE = "code";

    /** Stands between the values of a cell that holds several. */
    public static final String BETWEEN = "；";

    private static final Words CODE_NAME = new Words("编码", "Code");
    private static final Words ORGANISATION_NAME = new Words("单位", "Organisation");
    private static final Words YES = new Words("是", "Yes");
    private static final Words NO = new Words("否", "No");

    private final Organisations organisations;
    private final Ledger ledger;
    private final JsonMapper json;

    EntryTable(Organisations organisations, Ledger ledger, JsonMapper json) {
        this.organisations = organisations;
        this.ledger = ledger;
        this.json = json;
    }

    /**
     * A column.
     *
     * @param id {@code code}, {@code organisation} or a field's identifier
     * @param field the field; null for code and organisation
     */
    public record Column(String id, Words name, LedgerType.@Nullable Field field) {}

    /** The columns of a ledger, with the fields of which the predicate is true. */
    public static List<Column> columns(LedgerType type, Predicate<LedgerType.Field> shown) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(CODE, CODE_NAME, null));
        for (LedgerType.Field field : type.fields()) {
            if (field.id().equals(LedgerType.TITLE)) {
                columns.add(new Column(field.id(), field.name(), field));
                columns.add(new Column(LedgerType.ORGANISATION, ORGANISATION_NAME, null));
            } else if (shown.test(field)) {
                columns.add(new Column(field.id(), field.name(), field));
            }
        }
        return columns;
    }

    /** Entries as rows, in their order. */
    public List<List<@Nullable Object>> rows(
            List<Column> columns, List<Entry> entries, Locale locale) {
        Map<String, String> codes = referred(columns, entries);
        Texts texts = new Texts(locale, codes);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            List<@Nullable Object> row = new ArrayList<>();
            columns.forEach(c -> row.add(texts.cell(c, entry)));
            rows.add(row);
        }
        return rows;
    }

    /** Entries as rows of values as they are kept, but for references, which are codes. */
    public List<List<@Nullable Object>> values(List<Column> columns, List<Entry> entries) {
        Map<String, String> codes = referred(columns, entries);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Column column : columns) {
                Object value = value(column, entry);
                boolean reference =
                        column.field() != null
                                && column.field().type() == LedgerType.Kind.REFERENCE;
                row.add(reference ? coded(value, codes) : value);
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object coded(@Nullable Object value, Map<String, String> codes) {
        return switch (value) {
            case null -> null;
            case Collection<?> all ->
                    all.stream().map(v -> codes.getOrDefault(v.toString(), v.toString())).toList();
            default -> codes.getOrDefault(value.toString(), value.toString());
        };
    }

    private static @Nullable Object value(Column column, Entry entry) {
        return switch (column.id()) {
            case CODE -> entry.code();
            case LedgerType.ORGANISATION -> entry.organisation();
            default -> entry.fields().get(column.id());
        };
    }

    private Map<String, String> referred(List<Column> columns, List<Entry> entries) {
        Set<String> ids = new HashSet<>();
        for (Column column : columns) {
            if (column.field() != null && column.field().type() == LedgerType.Kind.REFERENCE) {
                entries.forEach(e -> ids.addAll(e.texts(column.id())));
            }
        }
        return ids.isEmpty() ? Map.of() : ledger.codes(ids);
    }

    /** What cells say in a language. */
    private final class Texts {
        private final Locale locale;
        private final Map<String, String> codes;
        private final Map<String, Long> bodies;
        private final Map<String, Map<String, String>> names = new HashMap<>();

        Texts(Locale locale, Map<String, String> codes) {
            this.locale = locale;
            this.codes = codes;
            this.bodies =
                    organisations.all().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            o -> o.name().in(locale), Collectors.counting()));
        }

        @Nullable Object cell(Column column, Entry entry) {
            Object value = value(column, entry);
            LedgerType.Field field = column.field();
            if (value == null || column.id().equals(CODE)) {
                return value;
            }
            if (field == null) {
                return organisation(value.toString());
            }
            return value instanceof Collection<?> all
                    ? all.stream()
                            .map(v -> String.valueOf(one(field, v)))
                            .collect(Collectors.joining(BETWEEN))
                    : one(field, value);
        }

        private Object one(LedgerType.Field field, Object value) {
            return switch (field.type()) {
                case NUMBER -> value;
                case BOOLEAN -> (Boolean.TRUE.equals(value) ? YES : NO).in(locale);
                case CODE ->
                        names.computeIfAbsent(field.id(), f -> namesOf(field))
                                .getOrDefault(value.toString(), value.toString());
                case ORGANISATION, DIVISION -> organisation(value.toString());
                case REFERENCE -> codes.getOrDefault(value.toString(), value.toString());
                case GEOMETRY -> place(value);
                case TEXT, DATE, PERSON, FILE -> value.toString();
            };
        }

        /** The names of a field's codes; a name that two have stands for neither. */
        private Map<String, String> namesOf(LedgerType.Field field) {
            Map<String, String> all = new HashMap<>();
            Map<String, Long> counts =
                    field.allCodes().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            c -> c.name().in(locale), Collectors.counting()));
            for (LedgerType.Code code : field.allCodes()) {
                String name = code.name().in(locale);
                boolean taken =
                        field.allCodes().stream()
                                .anyMatch(c -> c.code().equals(name) && !c.equals(code));
                all.put(
                        code.code(),
                        counts.getOrDefault(name, 0L) == 1 && !taken ? name : code.code());
            }
            return all;
        }

        private String organisation(String code) {
            String name =
                    organisations
                            .find(code)
                            .map(Organisation::name)
                            .map(n -> n.in(locale))
                            .orElse(code);
            return bodies.getOrDefault(name, 0L) == 1 ? name : code;
        }

        /** A point as longitude and latitude with a comma between, anything else as GeoJSON. */
        private Object place(Object value) {
            return value instanceof Map<?, ?> map
                            && "Point".equals(map.get("type"))
                            && map.get("coordinates") instanceof List<?> pair
                            && pair.size() == 2
                    ? pair.get(0) + "," + pair.get(1)
                    : json.writeValueAsString(value);
        }
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for, checked.
 *
 * @param keys what is said of keys, in the order given; at most one of them with several values or
 *     by a range
 * @param afterRow row after which to go on, {@code Long.MIN_VALUE} for the beginning
 * @param limit most rows wanted
 */
record Query(
        ServedInterface served,
        List<String> fields,
        List<KeyCondition> keys,
        long afterRow,
        int limit)
        implements Asked {

    /** Ends the name of a parameter that says where a range begins. */
    static final String FROM = "from";

    /** Ends the name of a parameter that says before what a range ends. */
    static final String BEFORE = "before";

    /**
     * Reads the parameters of a call.
     *
     * @param parameters values by name
     * @throws RefusedException if any is unknown, repeated, too long, of the wrong type or not
     *     granted
     */
    static Query of(ServedInterface served, Grant grant, Map<String, String> parameters) {
        return of(served, grant, parameters, Map.of());
    }

    /**
     * Reads the parameters of a call.
     *
     * @param parameters values by name
     * @param several keys that are asked for with several values each
     * @throws RefusedException if any is unknown, repeated, too long, of the wrong type or not
     *     granted
     */
    static Query of(
            ServedInterface served,
            Grant grant,
            Map<String, String> parameters,
            Map<String, List<String>> several) {
        Query query = read(served, grant, parameters, several);
        if (query.keys.isEmpty()) {
            throw new RefusedException(
                    Refusal.KEY_FIELD_MISSING, String.join(", ", served.published().keys()));
        }
        return query;
    }

    /**
     * Reads what a file is to hold: all rows, where no key is named.
     *
     * @param parameters values by name
     * @param several keys with several values each
     * @throws RefusedException as for a call
     */
    static Query ofFile(
            ServedInterface served,
            Grant grant,
            Map<String, String> parameters,
            Map<String, List<String>> several) {
        for (String ofPages : List.of("limit", "after")) {
            if (parameters.containsKey(ofPages)) {
                throw new RefusedException(Refusal.PARAMETER_UNKNOWN, ofPages);
            }
        }
        return read(served, grant, parameters, several);
    }

    private static Query read(
            ServedInterface served,
            Grant grant,
            Map<String, String> parameters,
            Map<String, List<String>> several) {
        List<KeyCondition> keys = new ArrayList<>(parameters.size() + several.size());
        List<String> fields = granted(served, grant);
        long after = Long.MIN_VALUE;
        int limit = Math.min(100, served.published().pageLimit());
        for (var parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            switch (name) {
                case "fields" -> fields = fields(served, grant, value);
                case "limit" -> limit = limit(served, value);
                case "after" -> after = Cursor.row(served, value);
                default -> keys.add(condition(served, name, value));
            }
        }
        several.forEach((name, values) -> keys.add(KeyCondition.any(key(served, name), values)));
        requireOneWay(keys);
        return new Query(served, fields, keys, after, limit);
    }

    private static KeyCondition condition(ServedInterface served, String name, String value) {
        Field field = served.fields().get(name);
        if (field != null && served.isKey(name)) {
            return KeyCondition.equal(field, value);
        }
        int dot = name.lastIndexOf('.');
        String end = name.substring(dot + 1);
        String key = dot < 0 ? "" : name.substring(0, dot);
        if (!served.isRange(key) || !(end.equals(FROM) || end.equals(BEFORE))) {
            throw new RefusedException(Refusal.PARAMETER_UNKNOWN, name);
        }
        return new KeyCondition(
                key,
                end.equals(FROM) ? KeyCondition.Match.FROM : KeyCondition.Match.BEFORE,
                KeyValue.parse(key(served, key), value));
    }

    private static Field key(ServedInterface served, String name) {
        Field field = served.fields().get(name);
        if (field == null || !served.isKey(name)) {
            throw new RefusedException(Refusal.PARAMETER_UNKNOWN, name);
        }
        return field;
    }

    /** Pages are read along one index: one key has several values or a range, others one value. */
    private static void requireOneWay(List<KeyCondition> keys) {
        String way = null;
        for (KeyCondition each : keys) {
            if (each.match() != KeyCondition.Match.EQUAL) {
                if (way != null && (!way.equals(each.key()) || !each.isRange())) {
                    throw new RefusedException(Refusal.PARAMETER_INVALID, each.note());
                }
                way = each.key();
            }
        }
        for (KeyCondition each : keys) {
            if (each.match() == KeyCondition.Match.EQUAL && each.key().equals(way)) {
                throw new RefusedException(Refusal.PARAMETER_REPEATED, each.key());
            }
        }
    }

    /** The key whose range is asked for, or null. */
    @Nullable String range() {
        return keys.stream()
                .filter(KeyCondition::isRange)
                .map(KeyCondition::key)
                .findFirst()
                .orElse(null);
    }

    /** The granted fields in the interface's order; a field that is gone is not served. */
    static List<String> granted(ServedInterface served, Grant grant) {
        List<String> fields = new ArrayList<>(grant.fields().size());
        for (String field : served.fields().keySet()) {
            if (grant.fields().contains(field)) {
                fields.add(field);
            }
        }
        return fields;
    }

    /**
     * The fields that a caller names.
     *
     * @throws RefusedException if one is unknown, not granted or repeated
     */
    static List<String> fields(ServedInterface served, Grant grant, String value) {
        List<String> fields = new ArrayList<>();
        for (String field : value.split(",", -1)) {
            if (!served.fields().containsKey(field)) {
                throw new RefusedException(Refusal.FIELD_UNKNOWN, field);
            }
            if (!grant.fields().contains(field)) {
                throw new RefusedException(Refusal.FIELD_NOT_GRANTED, field);
            }
            if (fields.contains(field)) {
                throw new RefusedException(Refusal.PARAMETER_REPEATED, field);
            }
            fields.add(field);
        }
        return fields;
    }

    boolean isFirstPage() {
        return afterRow == Long.MIN_VALUE;
    }

    private static int limit(ServedInterface served, String value) {
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= served.published().pageLimit()) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw new RefusedException(Refusal.PARAMETER_INVALID, "limit");
    }
}

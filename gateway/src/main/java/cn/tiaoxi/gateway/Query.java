package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call asks for, checked.
 *
 * @param keys typed values by key, in the order given
 * @param afterRow row after which to go on, {@code Long.MIN_VALUE} for the beginning
 * @param limit most rows wanted
 */
record Query(
        ServedInterface served,
        List<String> fields,
        Map<String, Object> keys,
        long afterRow,
        int limit)
        implements Asked {

    /**
     * Reads the parameters of a call.
     *
     * @param parameters values by name
     * @throws RefusedException if any is unknown, repeated, too long, of the wrong type or not
     *     granted
     */
    static Query of(ServedInterface served, Grant grant, Map<String, String> parameters) {
        Map<String, Object> keys = new LinkedHashMap<>();
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
                default -> {
                    Field field = served.fields().get(name);
                    if (field == null || !served.isKey(name)) {
                        throw new RefusedException(Refusal.PARAMETER_UNKNOWN, name);
                    }
                    keys.put(name, KeyValue.parse(field, value));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new RefusedException(
                    Refusal.KEY_FIELD_MISSING, String.join(", ", served.published().keys()));
        }
        return new Query(served, fields, keys, after, limit);
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

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.Refusal;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a call says about a key.
 *
 * @param value for the database; for {@link Match#ANY} an array of the key's type
 */
record KeyCondition(String key, Match match, Object value) {
    /** Most values of one key in a call. */
    static final int MOST_VALUES = 1_000;

    /** How rows are found by it. */
    enum Match {
        /** Rows with that value. */
        EQUAL,
        /** Rows with one of those values. */
        ANY,
        /** Rows with that value or a higher one. */
        FROM,
        /** Rows with a lower value. */
        BEFORE
    }

    static KeyCondition equal(Field field, String text) {
        return new KeyCondition(field.name(), Match.EQUAL, KeyValue.parse(field, text));
    }

    /**
     * One of several values; a value that is there twice counts once.
     *
     * @throws RefusedException if there are too many or none, or one is not of the type
     */
    static KeyCondition any(Field field, List<String> texts) {
        if (texts.isEmpty()) {
            throw new RefusedException(Refusal.PARAMETER_INVALID, field.name());
        }
        if (texts.size() > MOST_VALUES) {
            throw new RefusedException(Refusal.PARAMETER_TOO_LONG, field.name());
        }
        Set<Object> values = new LinkedHashSet<>();
        texts.forEach(text -> values.add(KeyValue.parse(field, text)));
        Object[] array = (Object[]) Array.newInstance(type(field.type()), values.size());
        return new KeyCondition(field.name(), Match.ANY, values.toArray(array));
    }

    private static Class<?> type(FieldType type) {
        return switch (type) {
            case TEXT -> String.class;
            case INTEGER -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case BOOLEAN -> Boolean.class;
            case DATE -> LocalDate.class;
            case TIMESTAMP -> LocalDateTime.class;
        };
    }

    boolean isRange() {
        return match == Match.FROM || match == Match.BEFORE;
    }

    /** How it is written in SQL, with the number of its parameter. */
    String sql(String quotedKey, int parameter) {
        return switch (match) {
            case EQUAL -> quotedKey + " = $" + parameter;
            case ANY -> quotedKey + " = ANY($" + parameter + ")";
            case FROM -> quotedKey + " >= $" + parameter;
            case BEFORE -> quotedKey + " < $" + parameter;
        };
    }

    /** The name of what the trace keeps of it. */
    String note() {
        return switch (match) {
            case EQUAL, ANY -> key;
            case FROM -> key + "." + Query.FROM;
            case BEFORE -> key + "." + Query.BEFORE;
        };
    }

    /** Its values, one or several. */
    Stream<Object> values() {
        return value instanceof Object[] several ? Stream.of(several) : Stream.of(value);
    }
}

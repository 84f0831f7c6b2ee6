package cn.tiaoxi.platform.rule;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns values of Java into those that CEL knows: 64-bit integers, doubles, text, lists, maps. */
final class Facts {
    private Facts() {}

    static Map<String, Object> of(Map<String, ?> facts) {
        Map<String, Object> known = new LinkedHashMap<>();
        facts.forEach((name, value) -> known.put(name, value(value)));
        return known;
    }

    private static Object value(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case Integer n -> n.longValue();
            case Short n -> n.longValue();
            case BigInteger n -> n.longValueExact();
            case BigDecimal n -> n.doubleValue();
            case Float n -> n.doubleValue();
            case OffsetDateTime time -> time.toInstant();
            case Instant time -> time;
            case Long n -> n;
            case Double n -> n;
            case Boolean b -> b;
            case Enum<?> constant -> constant.name();
            case Map<?, ?> map -> map(map);
            case Collection<?> all -> list(all);
            default -> value.toString();
        };
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> known = new LinkedHashMap<>();
        map.forEach((name, value) -> known.put(String.valueOf(name), value(value)));
        return known;
    }

    private static List<Object> list(Collection<?> all) {
        List<Object> known = new ArrayList<>(all.size());
        for (Object each : all) {
            known.add(value(each));
        }
        return known;
    }

    /** A result as people read it: whole numbers without a fraction, lists with a list mark. */
    static String text(@Nullable Object result) {
        return switch (result) {
            case null -> "";
            case NullValue none -> "";
            case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 ->
                    Long.toString(d.longValue());
            case Collection<?> all ->
                    all.stream().map(Facts::text).collect(java.util.stream.Collectors.joining("、"));
            default -> result.toString();
        };
    }
}

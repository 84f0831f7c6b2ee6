package cn.tiaoxi.platform.rule;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Variables as CEL reads them: 64-bit integers, doubles, text, lists, maps. Each is turned into
 * such a value when it is first asked for, since most rules look at few of many. For one thread.
 */
final class Facts implements CelVariableResolver {
    private final Map<String, ?> given;
    private final Map<String, Optional<Object>> known = new HashMap<>();

    /**
     * @param given the variables; maps, lists, text, numbers, booleans, instants and null
     * @param now what the variable of that name is
     */
    Facts(Map<String, ?> given, Instant now) {
        this.given = given;
        set("now", now);
    }

    @Override
    public Optional<Object> find(String name) {
        Optional<Object> value = known.get(name);
        if (value == null) {
            Object own = given.get(name);
            value =
                    own == null && !given.containsKey(name)
                            ? Optional.empty()
                            : Optional.of(value(own));
            known.put(name, value);
        }
        return value;
    }

    /** Gives a variable a value that CEL knows already, in place of the one before. */
    void set(String name, Object value) {
        known.put(name, Optional.of(value));
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

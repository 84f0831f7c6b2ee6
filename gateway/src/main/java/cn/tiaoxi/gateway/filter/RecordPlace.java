package cn.tiaoxi.gateway.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an upstream's records stand in its answers. Arrays are looked through: a pointer never
 * counts their elements, so that {@code /data/rows} is the same for one record as for a list.
 *
 * @param records JSON pointer (RFC 6901) to the record or the list of records; empty for the body
 *     itself
 * @param around JSON pointers to what else may always be shown, for example {@code /code} and
 *     {@code /total}; a field of the interface is shown by a grant only
 */
public record RecordPlace(String records, List<String> around) {
    /** The body is the record or the list of records. */
    public static final RecordPlace BODY = new RecordPlace("", List.of());

    /**
     * @throws IllegalArgumentException if something is no JSON pointer
     */
    public RecordPlace {
        around = List.copyOf(around);
        steps(records);
        around.forEach(RecordPlace::steps);
    }

    /** The names on the way of a pointer. */
    static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        if (pointer.isEmpty()) {
            return steps;
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("Not a JSON pointer: " + pointer);
        }
        for (String step : pointer.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }
}

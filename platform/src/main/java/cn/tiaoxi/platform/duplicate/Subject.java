package cn.tiaoxi.platform.duplicate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is compared of an entry.
 *
 * @param values texts, codes or identifiers by field; a field that is empty is left out
 */
public record Subject(Map<String, List<String>> values) {
    public Subject {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach(
                (field, all) -> {
                    List<String> filled = all.stream().filter(v -> !v.isBlank()).toList();
                    if (!filled.isEmpty()) {
                        copy.put(field, filled);
                    }
                });
        values = Map.copyOf(copy);
    }

    /** The values of a field; none where it is empty. */
    public List<String> of(String field) {
        return values.getOrDefault(field, List.of());
    }
}

package cn.tiaoxi.contract;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON dialect of what crosses a process: fields in declared order, RFC 3339 times. */
public final class Wire {

    /** Unknown fields are ignored on reading, so that an older process understands a newer one. */
    public static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private Wire() {}

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException if the bytes are not JSON of that shape
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return JSON.readValue(bytes, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}

package cn.tiaoxi.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The records of a policy as CBOR (RFC 8949): maps by field name in declared order, other maps by
 * key, moments as nanoseconds since 1970. What an older program does not know it passes over, so a
 * new field must mean no less leave than its absence.
 */
public final class PolicyCodec {
    private static final CBORMapper CBOR =
            CBORMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .changeDefaultPropertyInclusion(
                            value ->
                                    value.withValueInclusion(
                                            com.fasterxml.jackson.annotation.JsonInclude.Include
                                                    .NON_NULL))
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, new MomentWriter())
                                    .addDeserializer(Instant.class, new MomentReader()))
                    .build();

    private PolicyCodec() {}

    static byte[] write(Record value) {
        return CBOR.writeValueAsBytes(value);
    }

    static <T extends Record> T read(byte[] content, Class<T> type) {
        try {
            return CBOR.readValue(content, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    static @Nullable Object read(byte[] content, Type type) {
        try {
            return CBOR.readValue(content, CBOR.getTypeFactory().constructType(type));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Not a " + type.getTypeName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** The moment so many nanoseconds after 1970. */
    static Instant moment(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    /**
     * Tells one form of the records from another: what was written in another form lacks fields, or
     * has some that are no more.
     */
    public static String form() {
        StringBuilder text = new StringBuilder();
        Set<Class<?>> seen = new HashSet<>();
        for (PolicyItem.Kind kind : PolicyItem.Kind.values()) {
            describe(kind.type(), text, seen);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    private static void describe(Type type, StringBuilder into, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(t -> describe(t, into, seen));
        } else if (type instanceof Class<?> record && record.isRecord() && seen.add(record)) {
            into.append(record.getName()).append('\n');
            for (RecordComponent part : record.getRecordComponents()) {
                into.append(part.getName()).append(' ').append(part.getGenericType()).append('\n');
                describe(part.getGenericType(), into, seen);
            }
        }
    }

    private static final class MomentWriter extends StdSerializer<Instant> {
        private MomentWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator to, SerializationContext context) {
            try {
                to.writeNumber(
                        Math.addExact(
                                Math.multiplyExact(value.getEpochSecond(), 1_000_000_000L),
                                value.getNano()));
            } catch (ArithmeticException e) {
                to.writeString(value.toString()); // Before 1678 or after 2261.
            }
        }
    }

    private static final class MomentReader extends StdDeserializer<Instant> {
        private MomentReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser from, DeserializationContext context) {
            if (from.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return Instant.parse(from.getString());
                } catch (DateTimeParseException e) {
                    throw new IllegalArgumentException("Not a moment: " + from.getString(), e);
                }
            }
            return moment(from.getLongValue());
        }
    }
}

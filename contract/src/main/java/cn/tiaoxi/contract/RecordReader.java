package cn.tiaoxi.contract;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads hundreds of thousands of records of one type from CBOR: values that come again and again,
 * such as lists of fields, are read once and shared, and plain ones are read without a parser. What
 * it reads equals what {@link PolicyCodec} reads. For one thread.
 */
final class RecordReader<T extends Record> {
    private static final int CACHE = 1 << 14;
    private static final int LONGEST_CACHED = 4 << 10;

    private final Class<T> type;
    private final byte[][] names;
    private final Type[] types;
    private final MethodHandle constructor;
    private final @Nullable Object[] defaults;
    private final @Nullable Cached[] cache = new Cached[CACHE];

    /** Where it reads. */
    private byte[] in = new byte[0];

    private int at;

    private record Cached(byte[] bytes, int component, Object value) {}

    RecordReader(Class<T> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.names = new byte[components.length][];
        this.types = new Type[components.length];
        this.defaults = new Object[components.length];
        Class<?>[] raw = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName().getBytes(StandardCharsets.UTF_8);
            types[i] = components[i].getGenericType();
            raw[i] = components[i].getType();
            defaults[i] = nothing(raw[i]);
        }
        try {
            this.constructor =
                    MethodHandles.lookup()
                            .findConstructor(type, MethodType.methodType(void.class, raw))
                            .asSpreader(Object[].class, raw.length)
                            .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " has no constructor to be seen", e);
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    /**
     * Reads one record.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    T read(byte[] content) {
        in = content;
        at = 0;
        try {
            @Nullable Object[] values = defaults.clone();
            int first = in[at] & 0xff;
            boolean open = first == 0xbf;
            long entries = open ? Long.MAX_VALUE : length(5);
            at += open ? 1 : 0;
            for (long i = 0; i < entries; i++) {
                if (open && in[at] == (byte) 0xff) {
                    break;
                }
                int component = component();
                int from = at;
                skip();
                if (component >= 0) {
                    values[component] = value(component, from, at);
                }
            }
            return type.cast((Record) constructor.invokeExact((Object[]) values));
        } catch (RuntimeException e) { // Cut short, or a value that no such record may have.
            throw new IllegalArgumentException("Not a " + type.getSimpleName(), e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Constructors of records throw nothing checked", e);
        }
    }

    /** Reads a name; the component's number, or -1 if there is none of that name. */
    private int component() {
        int length = (int) length(3);
        int from = at;
        at += length;
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], 0, names[i].length, in, from, from + length)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Object value(int component, int from, int until) {
        if (in[from] == (byte) 0xf6) {
            return defaults[component];
        }
        Type wanted = types[component];
        if (wanted == int.class || wanted == long.class || wanted == Instant.class) {
            Object number = number(wanted, from);
            if (number != null) {
                return number;
            }
        }
        if (component == 0 || until - from > LONGEST_CACHED) {
            return parsed(wanted, from, until); // The identifier comes but once.
        }
        int place = hash(component, from, until) & CACHE - 1;
        Cached cached = cache[place];
        if (cached != null
                && cached.component() == component
                && Arrays.equals(cached.bytes(), 0, cached.bytes().length, in, from, until)) {
            return cached.value();
        }
        Object value = parsed(wanted, from, until);
        if (value != null) {
            cache[place] = new Cached(Arrays.copyOfRange(in, from, until), component, value);
        }
        return value;
    }

    private int hash(int component, int from, int until) {
        int hash = component;
        for (int i = from; i < until; i++) {
            hash = hash * 31 + in[i];
        }
        return hash ^ hash >>> 15;
    }

    /** A whole number, or null if it is something else. */
    private @Nullable Object number(Type wanted, int from) {
        int major = (in[from] & 0xff) >> 5;
        if (major > 1) {
            return null;
        }
        int back = at;
        at = from;
        long number = length(major);
        at = back;
        if (number < 0) {
            return null; // Beyond the range of long.
        }
        long value = major == 0 ? number : -1 - number;
        if (wanted == Instant.class) {
            return PolicyCodec.moment(value);
        }
        return wanted == int.class ? (Object) Math.toIntExact(value) : (Object) value;
    }

    private @Nullable Object parsed(Type wanted, int from, int until) {
        if (wanted == String.class && (in[from] & 0xff) >> 5 == 3 && in[from] != 0x7f) {
            int back = at;
            at = from;
            int length = (int) length(3);
            String text = new String(in, at, length, StandardCharsets.UTF_8);
            at = back;
            return text;
        }
        Object value = PolicyCodec.read(Arrays.copyOfRange(in, from, until), wanted);
        return switch (value) {
            case List<?> list -> List.copyOf(list);
            case Map<?, ?> map -> Map.copyOf(map);
            case null, default -> value;
        };
    }

    /** Passes over one value (RFC 8949, section 3). */
    private void skip() {
        int first = in[at] & 0xff;
        int major = first >> 5;
        if ((first & 0x1f) == 31 && major >= 2 && major <= 5) {
            at++;
            while (in[at] != (byte) 0xff) {
                skip();
            }
            at++;
            return;
        }
        long length = length(major);
        switch (major) {
            case 2, 3 -> at = Math.addExact(at, Math.toIntExact(length));
            case 4, 5 -> {
                for (long i = major == 4 ? length : 2 * length; i > 0; i--) {
                    skip();
                }
            }
            case 6 -> skip();
            default -> {}
        }
    }

    /** Reads the start of a value of that major type and the number in it. */
    private long length(int major) {
        int first = in[at] & 0xff;
        if (first >> 5 != major) {
            throw new IllegalArgumentException("Not a " + type.getSimpleName());
        }
        at++;
        int small = first & 0x1f;
        if (small < 24) {
            return small;
        }
        if (small > 27) {
            throw new IllegalArgumentException("Not a " + type.getSimpleName());
        }
        long number = 0;
        for (int i = 1 << small - 24; i > 0; i--) {
            number = number << 8 | in[at++] & 0xff;
        }
        return number;
    }
}

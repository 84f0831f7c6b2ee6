package cn.tiaoxi.gateway;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes and whose changed copies share with it what stayed the same. Entries are
 * spread by their hash over a thousand tables with open addressing; a copy has new tables only
 * where something changed, so a change among half a million entries copies some hundred of them.
 */
final class SharedMap<K, V> {
    private static final int TABLE_BITS = 10;
    private static final int TABLES = 1 << TABLE_BITS;
    private static final Object[] NONE = new Object[4];
    private static final SharedMap<?, ?> EMPTY = empty();

    /** Each holds keys at even places and their values behind them; at least half is free. */
    private final @Nullable Object[][] tables;

    private final int[] sizes;

    private SharedMap(@Nullable Object[][] tables, int[] sizes) {
        this.tables = tables;
        this.sizes = sizes;
    }

    private static SharedMap<?, ?> empty() {
        Object[][] tables = new Object[TABLES][];
        Arrays.fill(tables, NONE);
        return new SharedMap<>(tables, new int[TABLES]);
    }

    @SuppressWarnings("unchecked") // It holds nothing.
    static <K, V> SharedMap<K, V> of() {
        return (SharedMap<K, V>) EMPTY;
    }

    @Nullable V get(K key) {
        int hash = hash(key);
        return found(tables[hash >>> (32 - TABLE_BITS)], key, hash);
    }

    @SuppressWarnings("unchecked") // Only values stand at odd places.
    private static <V> @Nullable V found(@Nullable Object[] table, Object key, int hash) {
        int place = place(table, key, hash);
        return (V) table[place + 1];
    }

    /** Where the key stands, or where it would. */
    private static int place(@Nullable Object[] table, Object key, int hash) {
        int last = table.length - 2;
        int place = hash * 2 & last;
        while (true) {
            Object there = table[place];
            if (there == null || there.equals(key)) {
                return place;
            }
            place = place + 2 & last;
        }
    }

    /** Spreads what hash codes leave in a few bits (the last step of MurmurHash3). */
    private static int hash(Object key) {
        int hash = key.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    int size() {
        int size = 0;
        for (int each : sizes) {
            size += each;
        }
        return size;
    }

    @SuppressWarnings("unchecked") // Keys stand at even places, their values behind them.
    void forEach(BiConsumer<K, V> each) {
        for (@Nullable Object[] table : tables) {
            for (int i = 0; i < table.length; i += 2) {
                if (table[i] != null) {
                    each.accept((K) table[i], (V) Objects.requireNonNull(table[i + 1]));
                }
            }
        }
    }

    /** Begins a changed copy. */
    Changes<K, V> change() {
        return new Changes<>(this);
    }

    /** A copy under way, which nobody else sees. For one thread. */
    static final class Changes<K, V> {
        private final SharedMap<K, V> before;
        private @Nullable Object[][] tables;
        private int[] sizes;
        private boolean begun;

        private Changes(SharedMap<K, V> before) {
            this.before = before;
            this.tables = before.tables;
            this.sizes = before.sizes;
        }

        @Nullable V get(K key) {
            int hash = hash(key);
            return found(tables[hash >>> (32 - TABLE_BITS)], key, hash);
        }

        /** Puts a value; the one that was there before, or null. */
        @Nullable V put(K key, V value) {
            int hash = hash(key);
            int number = hash >>> (32 - TABLE_BITS);
            @Nullable Object[] table = own(number);
            int place = place(table, key, hash);
            V old = found(table, key, hash);
            if (old == null && (sizes[number] + 1) * 4 > table.length) {
                table = copied(table, table.length * 2, null);
                tables[number] = table;
                place = place(table, key, hash);
            }
            table[place] = key;
            table[place + 1] = value;
            sizes[number] += old == null ? 1 : 0;
            return old;
        }

        /** Removes a key; what it had, or null. */
        @Nullable V remove(K key) {
            V old = get(key);
            if (old != null) {
                int number = hash(key) >>> (32 - TABLE_BITS);
                @Nullable Object[] table = own(number);
                tables[number] = copied(table, table.length, key);
                sizes[number]--;
            }
            return old;
        }

        /** A table that is only this copy's. */
        private @Nullable Object[] own(int number) {
            if (!begun) {
                tables = tables.clone();
                sizes = sizes.clone();
                begun = true;
            }
            if (tables[number] == before.tables[number]) {
                tables[number] = tables[number].clone();
            }
            return tables[number];
        }

        private static @Nullable Object[] copied(
                @Nullable Object[] table, int length, @Nullable Object without) {
            @Nullable Object[] copy = new Object[length];
            for (int i = 0; i < table.length; i += 2) {
                Object key = table[i];
                if (key != null && !key.equals(without)) {
                    int place = place(copy, key, hash(key));
                    copy[place] = key;
                    copy[place + 1] = table[i + 1];
                }
            }
            return copy;
        }

        /** The copy; this cannot be used any more. */
        SharedMap<K, V> done() {
            return begun ? new SharedMap<>(tables, sizes) : before;
        }
    }
}

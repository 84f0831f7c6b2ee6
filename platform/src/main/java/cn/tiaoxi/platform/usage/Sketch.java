package cn.tiaoxi.platform.usage;

import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * How many different values were seen, in bounded memory: the {@value #MOST} smallest hashes (k
 * minimum values; Bar-Yossef et al., "Counting distinct elements in a data stream", 2002). Exact up
 * to that many, beyond it with a standard error of about 4.5 %. The order of adding does not
 * matter, so that values counted in parts and merged give the same. Not safe for use by many
 * threads.
 */
final class Sketch {
    /** Hashes that are kept. */
    static final int MOST = 512;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final TreeSet<Long> smallest = new TreeSet<>();

    /** Reads what {@link #bytes} gave. */
    static Sketch of(byte[] bytes) {
        Sketch sketch = new Sketch();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= Long.BYTES) {
            sketch.smallest.add(buffer.getLong());
        }
        return sketch;
    }

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(smallest.size() * Long.BYTES);
        smallest.forEach(buffer::putLong);
        return buffer.array();
    }

    void add(String value) {
        add(hash(value));
    }

    /** Adds all that another one has seen. */
    void add(Sketch other) {
        other.smallest.forEach(this::add);
    }

    private void add(long hash) {
        if (smallest.size() < MOST) {
            smallest.add(hash);
        } else if (hash < smallest.last() && smallest.add(hash)) {
            smallest.pollLast();
        }
    }

    /** How many different values were seen. */
    long estimate() {
        if (smallest.size() < MOST) {
            return smallest.size();
        }
        return Math.round((MOST - 1) / (smallest.last() / (double) Long.MAX_VALUE));
    }

    /** The share of its values that the other one has seen too, 0 to 1; 0 where it has none. */
    double shareIn(Sketch other) {
        long limit = Math.min(limit(), other.limit());
        int all = 0;
        int both = 0;
        for (long hash : smallest) {
            if (hash > limit) {
                break;
            }
            all++;
            both += other.smallest.contains(hash) ? 1 : 0;
        }
        return all == 0 ? 0 : (double) both / all;
    }

    /** Below it every value seen is kept. */
    private long limit() {
        return smallest.size() < MOST ? Long.MAX_VALUE : smallest.last();
    }

    /** FNV-1a over the characters, finished as in MurmurHash3; never negative. */
    private static long hash(String value) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ hash >>> 33) >>> 1;
    }
}

package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks for things by their identifiers, many things to a lock. Several locks are taken in one
 * order, so that nobody waits for who waits for him.
 */
final class Stripes {
    private static final int COUNT = 512;
    private static final int BATCH = 500;

    private final ReentrantLock[] locks = new ReentrantLock[COUNT];

    Stripes() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Something done with things while nobody else does anything with them. */
    interface Work {
        void run() throws IOException;
    }

    private static int stripe(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % COUNT;
    }

    /**
     * Things in batches of some hundred, each once. No two batches have a lock in common, so that
     * those worked on side by side never wait for each other.
     */
    static List<List<String>> batches(Collection<String> ids) {
        List<String> sorted = new ArrayList<>(Set.copyOf(ids));
        sorted.sort(Comparator.comparingInt(Stripes::stripe));
        List<List<String>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            boolean full = i - from >= BATCH;
            boolean end = i == sorted.size();
            if (end || full && stripe(sorted.get(i)) != stripe(sorted.get(i - 1))) {
                batches.add(sorted.subList(from, i));
                from = i;
            }
        }
        return batches;
    }

    /** Does something while nobody else does anything with these things. */
    void alone(Collection<String> ids, Work work) throws IOException {
        int[] wanted = ids.stream().mapToInt(Stripes::stripe).distinct().sorted().toArray();
        for (int stripe : wanted) {
            locks[stripe].lock();
        }
        try {
            work.run();
        } finally {
            for (int stripe : wanted) {
                locks[stripe].unlock();
            }
        }
    }

    /** Does something while nobody else does anything with this thing. */
    void alone(String id, Work work) throws IOException {
        ReentrantLock lock = locks[stripe(id)];
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}

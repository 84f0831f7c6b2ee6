package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Whose turn it is: a few files are made at once, one of an application, the oldest order first.
 * Safe for use by threads.
 */
final class ExportQueue implements AutoCloseable {
    /** Files that are made at once. */
    static final int AT_ONCE = 2;

    /** Exports of one application that wait or run. */
    static final int OF_APPLICATION = 5;

    private static final int OF_ALL = 64;

    private record Place(UUID id, String application) {}

    private final Consumer<UUID> maker;

    // Guarded by this.
    private final Map<UUID, Place> known = new HashMap<>();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private final Map<UUID, Thread> running = new HashMap<>();
    private final Set<String> served = new HashSet<>();
    private boolean closed;

    /**
     * @param maker makes a file, on a thread that it may block
     */
    ExportQueue(Consumer<UUID> maker) {
        this.maker = maker;
    }

    /**
     * Keeps a place for an export that is being ordered.
     *
     * @throws RefusedException EXPORT_QUEUE_FULL or OVERLOADED
     */
    synchronized void reserve(UUID id, String application) {
        long own = known.values().stream().filter(p -> p.application.equals(application)).count();
        if (own >= OF_APPLICATION) {
            throw new RefusedException(Refusal.EXPORT_QUEUE_FULL, Long.toString(own));
        }
        if (known.size() >= OF_ALL) {
            throw new RefusedException(Refusal.OVERLOADED, "exports");
        }
        known.put(id, new Place(id, application));
    }

    /** Takes up one that was ordered before this gateway began; it has its place in any case. */
    synchronized void takeUp(UUID id, String application) {
        if (known.putIfAbsent(id, new Place(id, application)) == null) {
            start(id);
        }
    }

    /** The order is durable: the file may be made. */
    synchronized void start(UUID id) {
        Place place = known.get(id);
        if (place != null) {
            waiting.add(place);
            dispatch();
        }
    }

    /** Gives a place back before it was started, or ends what is under way. */
    synchronized void cancel(UUID id) {
        Thread maker = running.get(id);
        if (maker != null) {
            maker.interrupt();
        } else {
            known.remove(id);
            waiting.removeIf(place -> place.id.equals(id));
        }
    }

    /** Whether it is being ordered, waits or runs here. */
    synchronized boolean knows(UUID id) {
        return known.containsKey(id);
    }

    /** How many wait or run. */
    synchronized int size() {
        return known.size();
    }

    private void dispatch() {
        Iterator<Place> oldestFirst = waiting.iterator();
        while (!closed && running.size() < AT_ONCE && oldestFirst.hasNext()) {
            Place next = oldestFirst.next();
            if (served.add(next.application)) {
                oldestFirst.remove();
                Thread thread = Thread.ofVirtual().name("export").unstarted(() -> run(next));
                running.put(next.id, thread);
                thread.start();
            }
        }
    }

    private void run(Place place) {
        try {
            maker.accept(place.id);
        } finally {
            ended(place);
        }
    }

    private synchronized void ended(Place place) {
        known.remove(place.id);
        running.remove(place.id);
        served.remove(place.application);
        dispatch();
    }

    /** Ends what is under way, which goes on when the gateway starts again. */
    @Override
    public void close() {
        Collection<Thread> threads;
        synchronized (this) {
            closed = true;
            threads = Set.copyOf(running.values());
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread each : threads) {
                each.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package cn.tiaoxi.gateway.meter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who comes most often, in constant memory with any number of comers: the space-saving algorithm
 * (Metwally, Agrawal and El Abbadi, Efficient Computation of Frequent and Top-k Elements in Data
 * Streams, 2005). Of N additions, everyone who came more than N / places times is in it; a count is
 * never too low, and too high by at most its error, which is at most N / places. Adding makes no
 * garbage but for a comer who is new. For one thread at a time.
 */
final class TopK {
    private final int places;
    private final Map<String, Slot> slots;

    /** A heap with the least count first, so that it is at hand when a place is needed. */
    private final Slot[] heap;

    private int size;
    private long additions;

    /** One who comes. */
    static final class Slot {
        private String key;
        private String about;
        private long count;
        private long refused;
        private long error;
        private int place;

        private Slot(String key, String about) {
            this.key = key;
            this.about = about;
        }

        String key() {
            return key;
        }

        /** What was said of it when it came. */
        String about() {
            return about;
        }

        /** Times it came, too high by at most {@link #error}. */
        long count() {
            return count;
        }

        /** How often it was refused since it took the place. */
        long refused() {
            return refused;
        }

        long error() {
            return error;
        }
    }

    TopK(int places) {
        this.places = places;
        this.slots = HashMap.newHashMap(places);
        this.heap = new Slot[places];
    }

    /** Counts one. */
    void add(String key, String about, boolean refused) {
        additions++;
        Slot slot = slots.get(key);
        if (slot == null) {
            slot = placed(key, about);
        }
        slot.count++;
        slot.refused += refused ? 1 : 0;
        sink(slot);
    }

    /**
     * Counts all of another. Who stands in one of them alone may have come to the other as often as
     * its least, so that much is added to count and error; so the bounds hold for both together.
     */
    void add(TopK other) {
        List<Slot> all = new ArrayList<>(size + other.size);
        long least = least();
        for (int i = 0; i < size; i++) {
            Slot slot = heap[i];
            Slot there = other.slots.get(slot.key);
            slot.count += there == null ? other.least() : there.count;
            slot.error += there == null ? other.least() : there.error;
            slot.refused += there == null ? 0 : there.refused;
            all.add(slot);
        }
        for (int i = 0; i < other.size; i++) {
            Slot there = other.heap[i];
            if (!slots.containsKey(there.key)) {
                Slot slot = new Slot(there.key, there.about);
                slot.count = there.count + least;
                slot.error = there.error + least;
                slot.refused = there.refused;
                all.add(slot);
            }
        }
        additions += other.additions;
        keep(all);
    }

    /** How often one who has no place may have come. */
    private long least() {
        return size < places ? 0 : heap[0].count;
    }

    private void keep(List<Slot> all) {
        all.sort(Comparator.comparingLong(Slot::count));
        List<Slot> kept = all.subList(Math.max(0, all.size() - places), all.size());
        slots.clear();
        size = 0;
        for (Slot slot : kept) { // In rising order they are a heap.
            put(slot, size++);
            slots.put(slot.key, slot);
        }
    }

    private Slot placed(String key, String about) {
        Slot slot;
        if (size < places) {
            slot = new Slot(key, about);
            heap[size] = slot;
            slot.place = size++;
            rise(slot);
        } else {
            slot = heap[0];
            slots.remove(slot.key);
            slot.key = key;
            slot.about = about;
            slot.error = slot.count;
            slot.refused = 0;
        }
        slots.put(key, slot);
        return slot;
    }

    private void rise(Slot slot) {
        int at = slot.place;
        while (at > 0 && heap[(at - 1) / 2].count > slot.count) {
            put(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        put(slot, at);
    }

    private void sink(Slot slot) {
        int at = slot.place;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].count < heap[child].count) {
                child++;
            }
            if (heap[child].count >= slot.count) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(slot, at);
    }

    private void put(Slot slot, int at) {
        heap[at] = slot;
        slot.place = at;
    }

    /** How often anyone came. */
    long additions() {
        return additions;
    }

    /** Those who came most, the first first. */
    List<Slot> most(int number) {
        List<Slot> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(heap[i]);
        }
        all.sort(Comparator.comparingLong(Slot::count).reversed().thenComparing(Slot::key));
        return List.copyOf(all.subList(0, Math.min(number, size)));
    }
}

package cn.tiaoxi.gateway.watch;

import cn.tiaoxi.contract.WatchSign;

/**
 * How one application calls one interface, and where one key is used from: about 1.2 KB. Guarded by
 * its own lock, which is held for some hundred nanoseconds.
 */
final class Watched {
    private static final int MOST_NETWORKS = 256;

    private final Walks walks = new Walks();
    private final Distinct subjects = new Distinct();
    private final Distinct networks = new Distinct();
    private final Ladder walkTold = new Ladder(WatchSign.WALK);
    private final Ladder subjectsTold = new Ladder(WatchSign.SUBJECTS);
    private final Ladder networksTold = new Ladder(WatchSign.NETWORKS);
    private long of;
    private long used;

    /** Belongs to another from now on, unless it belongs to that one already. */
    void becomes(long hash, long epochSecond) {
        if (of != hash) {
            of = hash;
            walks.clear();
            subjects.clear();
            networks.clear();
            walkTold.clear();
            subjectsTold.clear();
            networksTold.clear();
        }
        used = epochSecond;
    }

    boolean isOf(long hash) {
        return of == hash;
    }

    long used() {
        return used;
    }

    /** A walk's length that is to be told, or 0. */
    long walked(long around, long number, long epochSecond) {
        walkTold.turn(epochSecond);
        return walkTold.reached(walks.add(around, number));
    }

    /** A number of subjects that is to be told, or 0. */
    long lookedUp(long subject, long epochSecond) {
        if (subjectsTold.turn(epochSecond)) {
            subjects.clear();
        }
        return subjects.add(subject) ? subjectsTold.reached(subjects.estimate()) : 0;
    }

    /** A number of networks that is to be told, or 0. */
    long cameFrom(long network, long epochSecond) {
        if (networksTold.turn(epochSecond)) {
            networks.clear();
        }
        return networks.add(network)
                ? networksTold.reached(Math.min(MOST_NETWORKS, networks.estimate()))
                : 0;
    }
}

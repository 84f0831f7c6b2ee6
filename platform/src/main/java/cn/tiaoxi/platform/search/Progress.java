package cn.tiaoxi.platform.search;

/** How far a build is: how many things are in, of how many. */
final class Progress {
    private final long of;
    private volatile long done;

    Progress(long of) {
        this.of = of;
    }

    long of() {
        return of;
    }

    long done() {
        return done;
    }

    synchronized void add(int more) {
        done += more;
    }
}

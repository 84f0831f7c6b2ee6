package cn.tiaoxi.gateway.watch;

import cn.tiaoxi.contract.WatchSign;

/** What was told of a sign in the window under way. For one thread at a time. */
final class Ladder {
    private final WatchSign sign;
    private long window = Long.MIN_VALUE;
    private long told;

    Ladder(WatchSign sign) {
        this.sign = sign;
    }

    /** Starts anew if the window is another one; true if it did. */
    boolean turn(long epochSecond) {
        long now = Math.floorDiv(epochSecond, sign.window().toSeconds());
        if (now == window) {
            return false;
        }
        window = now;
        told = 0;
        return true;
    }

    void clear() {
        window = Long.MIN_VALUE;
        told = 0;
    }

    /** The amount that is to be told, the highest that was reached and not told; 0 for none. */
    long reached(long amount) {
        long next = told == 0 ? sign.least() : told * 2;
        if (amount < next) {
            return 0;
        }
        long steps = amount / sign.least();
        told = sign.least() * Long.highestOneBit(steps);
        return told;
    }
}

package cn.tiaoxi.gateway.watch;

import java.util.Arrays;

/**
 * Estimates how many different things were added, in 512 bytes (HyperLogLog, Flajolet and others
 * 2007, with linear counting for few). The standard error is 4.6 %. For one thread at a time;
 * allocates nothing once made.
 */
final class Distinct {
    private static final int REGISTERS = 512;
    private static final int BITS = 9;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers = new byte[REGISTERS];
    private double sum = REGISTERS;
    private int empty = REGISTERS;

    void clear() {
        Arrays.fill(registers, (byte) 0);
        sum = REGISTERS;
        empty = REGISTERS;
    }

    /** Adds a thing by its hash; true if the estimate may have changed. */
    boolean add(long hash) {
        int register = (int) (hash >>> (Long.SIZE - BITS));
        int rank = Long.numberOfLeadingZeros((hash << BITS) | (1L << (BITS - 1))) + 1;
        int before = registers[register];
        if (rank <= before) {
            return false;
        }
        registers[register] = (byte) rank;
        sum += Math.scalb(1.0, -rank) - Math.scalb(1.0, -before);
        empty -= before == 0 ? 1 : 0;
        return true;
    }

    long estimate() {
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        double few = 2.5 * REGISTERS;
        boolean linear = raw <= few && empty > 0;
        return Math.round(linear ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }
}

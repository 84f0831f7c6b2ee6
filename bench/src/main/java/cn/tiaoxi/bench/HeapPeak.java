package cn.tiaoxi.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Samples the heap in use, garbage included, every few milliseconds, and keeps the most it saw. */
final class HeapPeak implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(2);

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Thread sampler =
            Thread.ofPlatform().daemon().name("heap-peak").start(this::sample);
    private volatile boolean closed;
    private volatile long peak;

    private void sample() {
        while (!closed) {
            peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
            LockSupport.parkNanos(INTERVAL);
        }
    }

    /** Ends the sampling and tells the peak in megabytes. */
    long megabytes() {
        close();
        return peak >> 20;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sampler);
    }
}

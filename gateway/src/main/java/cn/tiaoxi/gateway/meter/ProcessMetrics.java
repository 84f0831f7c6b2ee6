package cn.tiaoxi.gateway.meter;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process and its Java machine, under the names that Prometheus' own clients use. */
final class ProcessMetrics {
    private static final long PAGE_BYTES = 4_096;

    private ProcessMetrics() {}

    static void write(MetricsText text) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        MemoryUsage other = memory.getNonHeapMemoryUsage();
        text.gauge("jvm_memory_used_bytes", "bytes", "Memory that the Java machine uses.")
                .value(heap.getUsed(), "area", "heap")
                .value(other.getUsed(), "area", "nonheap");
        text.gauge("jvm_memory_max_bytes", "bytes", "Memory it may use; -1 without a bound.")
                .value(heap.getMax(), "area", "heap")
                .value(other.getMax(), "area", "nonheap");
        var collectors = ManagementFactory.getGarbageCollectorMXBeans();
        text.counter("jvm_gc_collections", "", "Garbage collections.");
        collectors.forEach(gc -> text.value(gc.getCollectionCount(), "gc", gc.getName()));
        text.counter("jvm_gc_collection_seconds", "seconds", "Time of garbage collections.");
        collectors.forEach(gc -> text.value(gc.getCollectionTime() / 1e3, "gc", gc.getName()));
        text.gauge("jvm_threads_current", "", "Platform threads.")
                .value(ManagementFactory.getThreadMXBean().getThreadCount());
        text.gauge("process_start_time_seconds", "seconds", "Start of the process, since 1970.")
                .value(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            text.counter("process_cpu_seconds", "seconds", "Processor time of the process.")
                    .value(os.getProcessCpuTime() / 1e9);
            text.gauge("process_open_fds", "", "Open file descriptors.")
                    .value(os.getOpenFileDescriptorCount());
            text.gauge("process_max_fds", "", "Most open file descriptors.")
                    .value(os.getMaxFileDescriptorCount());
        }
        long resident = residentBytes();
        if (resident > 0) {
            text.gauge("process_resident_memory_bytes", "bytes", "Memory in use by the process.")
                    .value(resident);
        }
    }

    /** As Linux says, 0 elsewhere. */
    private static long residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    static long heapBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? os.getOpenFileDescriptorCount()
                : 0;
    }
}

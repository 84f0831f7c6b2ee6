package cn.tiaoxi.trace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records and settings for tests. */
final class Records {
    /** Small files and no waiting, so that a short test crosses every border. */
    static final TraceLog.Settings SMALL =
            new TraceLog.Settings(Duration.ofMillis(1), 1000, 1 << 20, 70_000);

    private Records() {}

    static byte[] record(long index) {
        String text = "记录 " + index + " " + "·".repeat((int) (index % 37));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> records(long from, long to) {
        List<byte[]> records = new ArrayList<>();
        for (long i = from; i < to; i++) {
            records.add(record(i));
        }
        return records;
    }

    /** Appends records that know their index, and waits. */
    static void append(TraceLog log, int count) {
        long from = log.size();
        var last = records(from, from + count).stream().map(log::append).toList();
        last.forEach(java.util.concurrent.CompletableFuture::join);
    }
}

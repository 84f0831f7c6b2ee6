package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Wire;
import io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a line of JSON for each refusal and for one of so many good calls, on a thread of its own.
 * Calls never wait for it: what it cannot take is dropped and counted. For people who look after
 * gateways; the trace has every call.
 */
final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int MOST_WAITING = 8_192;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int every;
    private final RollingFile file;
    private final Queue<Passage> waiting = PlatformDependent.newFixedMpscQueue(MOST_WAITING);
    private final AtomicLong good = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final Thread writer;
    private volatile boolean closed;

    /**
     * Lines since the start.
     *
     * @param dropped for which there was no room in memory or on the disk
     */
    record Counts(long written, long dropped) {}

    private AccessLog(Path path, MeterSettings settings) {
        this.every = settings.accessEvery();
        this.file =
                new RollingFile(
                        path, (long) settings.accessMegabytes() << 20, settings.accessFiles());
        this.writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
    }

    /** The log that the settings ask for, or null for none. */
    static @Nullable AccessLog of(MeterSettings settings) {
        Path path = settings.accessLog();
        return path == null ? null : new AccessLog(path, settings);
    }

    /** Takes a call, if it is one to be written and there is room. */
    void offer(Passage call) {
        boolean wanted = call.refusal() != null || good.getAndIncrement() % every == 0;
        if (wanted && !waiting.offer(call)) {
            dropped.increment();
        }
    }

    Counts counts() {
        return new Counts(written.sum(), dropped.sum());
    }

    private void write() {
        boolean last = false;
        while (!last) {
            last = closed;
            try {
                writeWaiting();
            } catch (IOException e) {
                dropped.increment();
                LOG.warn("The access log cannot be written: {}", e.toString());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
            if (!last) {
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
        }
        file.close();
    }

    private void writeWaiting() throws IOException {
        int lines = 0;
        for (Passage call = waiting.poll(); call != null; call = waiting.poll()) {
            file.write(line(call, every));
            written.increment();
            lines++;
        }
        if (lines > 0) {
            file.flush();
        }
    }

    /** A call as a line; its fields are explained in docs/reference/watching.md. */
    static byte[] line(Passage call, int every) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("time", call.time().toString());
            json.writeStringProperty("id", call.requestId());
            json.writeStringProperty(
                    "outcome", call.refusal() == null ? "OK" : call.refusal().name());
            json.writeNumberProperty("status", call.status());
            text(json, "remote", call.remote());
            text(json, "style", call.style());
            text(json, "application", call.application());
            text(json, "organisation", call.organisation());
            text(json, "key", call.keyId());
            text(json, "interface", call.interfaceId());
            text(json, "owner", call.owner());
            text(json, "grant", call.grant());
            json.writeNumberProperty("policy", call.policyVersion());
            json.writeNumberProperty("rows", call.rows());
            json.writeNumberProperty("bytes", call.bytes());
            for (Stage stage : Stage.values()) {
                long micros = call.micros(stage);
                if (micros > 0) {
                    json.writeNumberProperty(stage.word() + "_us", micros);
                }
            }
            Spans.Span span = call.span();
            if (span != null) {
                json.writeStringProperty("trace", span.traceId());
            }
            json.writeNumberProperty("every", call.refusal() == null ? every : 1);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void text(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }

    /** Writes what it has taken, and ends; waits for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

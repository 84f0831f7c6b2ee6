package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's log. When the disk has failed it is opened anew, so that it recovers by itself. */
final class OwnTrace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnTrace.class);
    private static final TraceLog.Settings SETTINGS =
            new TraceLog.Settings(
                    Duration.ofMillis(100), Duration.ofMillis(2), 1 << 14, 8L << 20, 2 << 20);

    private final Path folder;
    private final NoteSigner signer;
    private final Patience patience;
    private final AtomicBoolean reopening = new AtomicBoolean();
    private volatile TraceLog log;
    private volatile boolean closed;

    /**
     * Opens the log, with a key of its own that is made at first.
     *
     * @param origin first line of its checkpoints
     * @param patience how long a record may take to become durable
     */
    OwnTrace(OwnFolder folder, String origin, Duration patience) {
        this.folder = folder.path("trace");
        this.signer = NoteSigner.loadOrCreate(folder.path("trace.pem"), origin);
        this.patience = new Patience("trace-patience", patience);
        this.log = TraceLog.open(this.folder, signer, SETTINGS);
    }

    /** Completes when the record is durable; fails if it is not within the time allowed. */
    CompletableFuture<Long> append(TraceRecord call) {
        return patience.watch(log.tryAppend(call.toBytes()))
                .whenComplete(
                        (index, failure) -> {
                            if (failure instanceof TraceException e
                                    && e.code() == TraceException.Code.FAILED) {
                                reopen();
                            }
                        });
    }

    /** A text with the signature of the log's key, as a signed note. */
    String sign(String text) {
        return new String(SignedNote.sign(text, signer).encode(), StandardCharsets.UTF_8);
    }

    long size() {
        return log.size();
    }

    Iterator<Entry> entries(long from) {
        return log.entries(from);
    }

    TraceLog log() {
        return log;
    }

    /** Opens the log anew, one attempt a second, until it holds. */
    private void reopen() {
        if (reopening.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("trace-reopen").start(this::openAnew);
        }
    }

    private void openAnew() {
        try {
            while (!closed) {
                try {
                    log.close();
                    log = TraceLog.open(folder, signer, SETTINGS);
                    LOG.info("The trace log holds again, {} records", log.size());
                    return;
                } catch (TraceException e) {
                    LOG.error("The trace log cannot be opened: {}", e.getMessage());
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reopening.set(false);
        }
    }

    @Override
    public void close() {
        closed = true;
        log.close();
        patience.close();
    }
}

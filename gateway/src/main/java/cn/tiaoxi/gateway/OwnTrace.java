package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's log. When the disk has failed or was full it recovers by itself. */
final class OwnTrace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnTrace.class);
    private static final TraceLog.Settings SETTINGS =
            new TraceLog.Settings(
                    Duration.ofMillis(100), Duration.ofMillis(2), 1 << 14, 8L << 20, 2 << 20);

    private final LogKeys keys;
    private final Patience patience;
    private final LastingLog lasting;

    /**
     * Why no record is taken now, as {@link TraceException.Code} names it; empty while all is well.
     */
    private volatile String problem = "";

    /**
     * Opens the log, with a key of its own that is made at first.
     *
     * @param origin first line of its checkpoints
     * @param patience how long a record may take to become durable
     */
    OwnTrace(OwnFolder folder, String origin, Duration patience) {
        this.keys = LogKeys.loadOrCreate(folder.path("trace.pem"), origin);
        this.patience = new Patience("trace-patience", patience);
        this.lasting =
                LastingLog.open(
                        () -> keys.open(folder.path("trace"), SETTINGS, InstantSource.system()),
                        new Teller());
    }

    /** Says in the gateway's own log what happens to the trace. */
    private final class Teller implements LastingLog.Watcher {
        @Override
        public void opened(TraceLog log) {
            problem = "";
            TraceLog.Recovery recovery = log.recovery();
            LOG.info(
                    "The trace log holds, {} records; of the run before {} were brought into tiles"
                            + " and {} bytes of a torn commit dropped",
                    log.size(),
                    recovery.records(),
                    recovery.droppedBytes());
        }

        @Override
        public void stopped(TraceException e) {
            problem = e.code().name();
            LOG.error(
                    "No call is answered: the trace log takes no records ({}): {}",
                    problem,
                    e.getMessage());
        }
    }

    /** Completes when the record is durable; fails if it is not within the time allowed. */
    CompletableFuture<Long> append(TraceRecord call) {
        return patience.watch(lasting.tryAppend(call.toBytes()));
    }

    /** Why no record is taken now, such as DISK_FULL; empty while all is well. */
    String problem() {
        return problem;
    }

    /** The key of the log's second signature. */
    String nationalKey() {
        return keys.national().vkey();
    }

    /** A text with the signature of the log's key, as a signed note. */
    String sign(String text) {
        return new String(SignedNote.sign(text, keys.signer()).encode(), StandardCharsets.UTF_8);
    }

    long size() {
        return log().size();
    }

    Iterator<Entry> entries(long from) {
        return log().entries(from);
    }

    TraceLog log() {
        return lasting.log();
    }

    @Override
    public void close() {
        lasting.close();
        patience.close();
    }
}

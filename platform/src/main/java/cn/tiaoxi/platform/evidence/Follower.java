package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.contract.Sm2NoteKey;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.CosignatureSigner;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceReader;
import cn.tiaoxi.trace.VerifierKey;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Follows the gateways' logs twice a second: checks that each only ever grew, cosigns what it
 * checked, and takes the calls over into the database, where pages and indicators count them. Each
 * log is read by a thread of its own, so that a slow one does not hold up the others; they write
 * one after the other.
 */
@Component
class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int STEP = 2000;
    private static final Duration COSIGN_AGAIN = Duration.ofMinutes(1);

    private final LogStore store;
    private final WitnessStore cosigned;
    private final Incidents incidents;
    private final Logs logs;
    private final CosignatureSigner cosigner;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> cosignedAt = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Why a log could not be followed last, so that the same is not said twice a second. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    Follower(
            LogStore store,
            WitnessStore cosigned,
            Incidents incidents,
            Logs logs,
            CosignatureSigner cosigner,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.cosigned = cosigned;
        this.incidents = incidents;
        this.logs = logs;
        this.cosigner = cosigner;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 500)
    void follow() {
        for (LogStore.Followed log : store.followed()) {
            if (underWay.add(log.origin())) {
                threads.execute(() -> look(log.origin()));
            }
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void look(String origin) {
        try {
            // Read anew: an earlier look may have ended after the list was made.
            store.followed(origin).ifPresent(this::look);
            failures.remove(origin);
        } catch (RuntimeException e) {
            if (!e.toString().equals(failures.put(origin, e.toString()))) {
                LOG.warn("The log {} could not be followed; trying again", origin, e);
            }
        } finally {
            underWay.remove(origin);
        }
    }

    private void look(LogStore.Followed log) {
        TraceReader reader = logs.reader(log);
        try {
            catchUp(log, reader);
        } catch (TraceException e) {
            write(() -> told(log, e, reader.shown()));
        } catch (IllegalArgumentException e) {
            write(() -> store.problem(log.origin(), "RECORD_UNREADABLE"));
            LOG.error("The log {} holds what is no record", log.origin(), e);
        }
    }

    private void write(Runnable change) {
        writing.lock();
        try {
            change.run();
        } finally {
            writing.unlock();
        }
    }

    private void catchUp(LogStore.Followed log, TraceReader reader) {
        Checkpoint now = reader.refresh();
        if (log.isOldNews(clock.instant())) {
            write(() -> store.reached(log.origin(), clock.instant()));
        }
        boolean same = now.size() == log.ingested() && log.size() == now.size();
        boolean stalled = same && log.isStalled(now.size(), clock.instant());
        if (stalled && log.problem() == null) {
            write(() -> store.problem(log.origin(), LogStore.STALLED));
            LOG.error(
                    "The log {} has no checkpoint of its last {} records",
                    log.origin(),
                    log.owed());
            return;
        }
        if (stalled && LogStore.STALLED.equals(log.problem())) {
            return;
        }
        if (same && log.problem() == null) {
            cosign(log.origin(), reader.note(), false);
            return;
        }
        for (long from = log.ingested(); from < now.size(); from += STEP) {
            List<LogStore.Call> calls = new ArrayList<>(STEP);
            Iterator<Entry> entries = reader.entries(from, Math.min(now.size(), from + STEP));
            while (entries.hasNext()) {
                Entry entry = entries.next();
                calls.add(new LogStore.Call(entry.index(), TraceRecord.fromBytes(entry.data())));
            }
            write(() -> takeOver(log.origin(), calls));
        }
        write(() -> store.checked(log.origin(), now, clock.instant()));
        cosign(log.origin(), reader.note(), !same);
    }

    private void takeOver(String origin, List<LogStore.Call> calls) {
        store.ingest(origin, calls);
        calls.forEach(call -> takeKey(origin, call.record()));
        events.publishEvent(new CallsIngested(origin, calls.size()));
    }

    /** A witness's signature says when it last saw the log, so an idle one is signed again. */
    private void cosign(String origin, byte[] note, boolean grown) {
        Instant now = clock.instant();
        Instant last = cosignedAt.get(origin);
        if (grown || last == null || last.plus(COSIGN_AGAIN).isBefore(now)) {
            SignedNote signed = SignedNote.parse(note);
            SignedNote with = signed.with(SignedNote.line(signed.text(), cosigner));
            write(() -> cosigned.keep(with, now));
            cosignedAt.put(origin, now);
        }
    }

    /** A key is changed by a record in the log itself, which stands under the key before it. */
    private void takeKey(String origin, TraceRecord record) {
        LogKeys.announced(record)
                .filter(key -> VerifierKey.parse(key).name().equals(origin))
                .ifPresent(
                        key -> {
                            boolean national = Sm2NoteKey.isOne(key);
                            if (!national) {
                                NoteVerifier.parse(key);
                            }
                            store.believe(origin, key, national);
                            LOG.info("The log {} has announced the key {}", origin, key);
                        });
    }

    private void told(LogStore.Followed log, TraceException problem, byte[] shown) {
        String code = code(log, problem);
        if (!code.equals(log.problem())) {
            store.problem(log.origin(), code);
            if (LogStore.isAway(code)) {
                LOG.warn("The log {} cannot be reached: {}", log.origin(), problem.getMessage());
            } else {
                LOG.error("The log {} is not to be believed", log.origin(), problem);
            }
        }
        for (Incidents.Kind kind : Incidents.Kind.values()) {
            if (kind.name().equals(code)) {
                incidents.notice(
                        log.origin(),
                        kind,
                        String.valueOf(problem.getMessage()),
                        new String(shown, StandardCharsets.UTF_8));
            }
        }
    }

    private String code(LogStore.Followed log, TraceException problem) {
        return switch (problem.code()) {
            case UNREACHABLE -> {
                // What is known to be wrong stays said while the log is away.
                boolean worse = log.problem() != null && !LogStore.isAway(log.problem());
                yield worse
                        ? String.valueOf(log.problem())
                        : log.isStopped(clock.instant()) ? LogStore.STOPPED : LogStore.UNREACHABLE;
            }
            case SIGNATURE_WRONG -> log.tellsOtherKey() ? "KEY_CHANGED" : "SIGNATURE_WRONG";
            default -> problem.code().name();
        };
    }
}

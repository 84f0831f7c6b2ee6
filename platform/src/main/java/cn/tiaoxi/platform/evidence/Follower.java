package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.contract.Sm2NoteKey;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.Entry;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceReader;
import cn.tiaoxi.trace.VerifierKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Follows the gateways' logs twice a second: checks that each only ever grew, and takes the calls
 * over into the database, where pages and indicators count them.
 */
@Component
class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int STEP = 2000;

    private final LogStore store;
    private final Logs logs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Follower(LogStore store, Logs logs, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.logs = logs;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 500)
    void follow() {
        for (LogStore.Followed log : store.followed()) {
            try {
                catchUp(log);
            } catch (TraceException e) {
                told(log, e);
            } catch (IllegalArgumentException e) {
                store.problem(log.origin(), "RECORD_UNREADABLE");
                LOG.error("The log {} holds what is no record", log.origin(), e);
            }
        }
    }

    private void catchUp(LogStore.Followed log) {
        TraceReader reader = logs.reader(log);
        Checkpoint now = reader.refresh();
        if (now.size() == log.ingested() && log.size() == now.size() && log.problem() == null) {
            return;
        }
        for (long from = log.ingested(); from < now.size(); from += STEP) {
            List<LogStore.Call> calls = new ArrayList<>(STEP);
            Iterator<Entry> entries = reader.entries(from, Math.min(now.size(), from + STEP));
            while (entries.hasNext()) {
                Entry entry = entries.next();
                calls.add(new LogStore.Call(entry.index(), TraceRecord.fromBytes(entry.data())));
            }
            store.ingest(log.origin(), calls);
            calls.forEach(call -> takeKey(log.origin(), call.record()));
            events.publishEvent(new CallsIngested(log.origin(), calls.size()));
        }
        store.checked(log.origin(), now, clock.instant());
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

    private void told(LogStore.Followed log, TraceException problem) {
        String code = problem.code().name();
        if (!code.equals(log.problem())) {
            store.problem(log.origin(), code);
            if (problem.code() == TraceException.Code.UNREACHABLE) {
                LOG.warn("The log {} cannot be reached: {}", log.origin(), problem.getMessage());
            } else {
                LOG.error("The log {} is not to be believed", log.origin(), problem);
            }
        }
    }
}

package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.investigation.Investigation.LeakedFile;
import cn.tiaoxi.platform.investigation.Investigation.State;
import cn.tiaoxi.platform.investigation.Investigation.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries investigations out, one at a time. What a platform that died had begun is begun anew by
 * the next that looks.
 */
@Component
class InvestigationWork implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(InvestigationWork.class);
    private static final Duration DEAD = Duration.ofSeconds(90);
    private static final Duration TOLD = Duration.ofMillis(500);

    private final InvestigationStore store;
    private final Investigations investigations;
    private final LeakAnalysis leaks;
    private final LeakFiles files;
    private final InvestigationNotices notices;
    private final Evidence evidence;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicBoolean working = new AtomicBoolean();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("investigations").factory());

    InvestigationWork(
            InvestigationStore store,
            Investigations investigations,
            LeakAnalysis leaks,
            LeakFiles files,
            InvestigationNotices notices,
            Evidence evidence,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.investigations = investigations;
        this.leaks = leaks;
        this.files = files;
        this.notices = notices;
        this.evidence = evidence;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Thrown through an analysis that was cancelled. */
    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TransactionalEventListener
    void changed(Investigations.Changed change) {
        if (change.state() == State.WAITING) {
            wake();
        }
    }

    /** Carries out whatever waits, on a thread of its own, as a large file takes minutes. */
    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT5S")
    void wake() {
        if (!working.get() && !worker.isShutdown()) {
            worker.execute(this::work);
        }
    }

    private void work() {
        working.set(true);
        try {
            Optional<Investigation> next = claim();
            while (next.isPresent() && !worker.isShutdown()) {
                carryOut(next.get());
                next = claim();
            }
        } catch (RuntimeException e) {
            LOG.error("Investigations wait; trying again", e);
        } finally {
            working.set(false);
        }
    }

    @Override
    public void destroy() {
        worker.shutdown();
    }

    private Optional<Investigation> claim() {
        Instant now = clock.instant();
        return transaction.execute(status -> store.claim(now, now.minus(DEAD)));
    }

    private void carryOut(Investigation each) {
        try {
            if (each.type() == Type.SUBJECT) {
                end(each, null, investigations.holding(each));
            } else {
                LeakResult result = leak(each);
                end(
                        each,
                        result,
                        result.findings().stream().flatMap(f -> f.deliveries().stream()).toList());
            }
        } catch (CancelledException e) {
            LOG.info("Investigation {} was cancelled", each.number());
        } catch (RuntimeException e) {
            LOG.error("Investigation {} failed", each.number(), e);
            String code =
                    switch (e) {
                        case LakeException lake -> lake.code().name();
                        case PlatformException known -> known.code().name();
                        default -> "INTERNAL";
                    };
            transaction.executeWithoutResult(
                    status -> {
                        store.end(each.id(), State.FAILED, code, null, clock.instant());
                        note(each, "failed", Map.of("code", code));
                        notices.moved(each, State.FAILED);
                    });
        }
        files.delete(each.id());
    }

    private LeakResult leak(Investigation each) {
        LeakedFile file = each.file();
        if (file == null) {
            throw InvestigationException.state(each);
        }
        Instant[] told = {Instant.EPOCH};
        return leaks.analyse(
                each.dataset(),
                files.path(each.id()),
                file.layout(),
                done -> {
                    Instant now = clock.instant();
                    if (told[0].plus(TOLD).isBefore(now)) {
                        told[0] = now;
                        if (!store.progress(each.id(), done, now)) {
                            throw new CancelledException();
                        }
                    }
                });
    }

    private void end(Investigation each, @Nullable LeakResult result, List<LeakResult.Held> found) {
        transaction.executeWithoutResult(
                status -> {
                    if (!store.progress(each.id(), 1, clock.instant())) {
                        return;
                    }
                    store.found(each.id(), found);
                    store.end(each.id(), State.DONE, "", result, clock.instant());
                    if (each.type() == Type.LEAK) {
                        notices.moved(each, State.DONE);
                    }
                    note(each, "done", Map.of("deliveries", Integer.toString(found.size())));
                });
    }

    private void note(Investigation each, String action, Map<String, String> detail) {
        evidence.changed(
                Who.SYSTEM, "investigation." + action, "investigation:" + each.id(), detail);
    }

    /** Deletes leaked files that a crash left. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void tidy() {
        files.keep(new HashSet<>(store.withFile()));
    }
}

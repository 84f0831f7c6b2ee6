package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.platform.border.ErrorCode;
import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.intake.Import.State;
import cn.tiaoxi.platform.ledger.Author;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks and writes imports, one after the other. What is to be done stands in the database: after
 * a crash a check is made again, and the writing goes on behind the last chunk that was written.
 */
@Component
class ImportRuns implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRuns.class);
    private static final long STOP_SECONDS = 20;

    private final ImportStore store;
    private final ImportFiles files;
    private final ImportWork work;
    private final Evidence evidence;
    private final MessageSource messages;
    private final TransactionTemplate transaction;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("import").daemon().factory());
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean ready;

    /** An import that waits or is under way in this process. */
    private static final class Running {
        private volatile Progress progress = Progress.WAITING;
        private volatile boolean cancelled;
    }

    ImportRuns(
            ImportStore store,
            ImportFiles files,
            ImportWork work,
            Evidence evidence,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.store = store;
        this.files = files;
        this.work = work;
        this.evidence = evidence;
        this.messages = messages;
        this.transaction = transaction;
    }

    /** How far an import is; null when it is not under way here. */
    @Nullable Progress progress(String id) {
        Running mine = running.get(id);
        return mine == null ? null : mine.progress;
    }

    /** Asks an import under way to stop; what was written stays. */
    void cancel(String id) {
        Running mine = running.get(id);
        if (mine != null) {
            mine.cancelled = true;
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        List<String> known =
                store.inStates(List.of(State.values())).stream()
                        .filter(Import::kept)
                        .map(Import::id)
                        .toList();
        files.keepOnly(java.util.Set.copyOf(known)::contains);
        ready = true;
        goOn();
    }

    /** Takes up what stands ordered: at the start, and after the database was away. */
    @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT5S")
    void goOn() {
        if (ready && !stopping) {
            store.inStates(List.of(State.CHECKING, State.APPLYING)).forEach(this::submit);
        }
    }

    /** Begins what has been ordered; call after that is committed. */
    void submit(Import job) {
        Running mine = new Running();
        if (!stopping && running.putIfAbsent(job.id(), mine) == null) {
            worker.execute(() -> run(job.type(), job.id(), mine));
        }
    }

    private void run(String type, String id, Running mine) {
        try {
            Import job = store.find(type, id).orElse(null);
            if (job != null && job.state().isRunning() && !stopping) {
                LocaleContextHolder.setLocale(Locale.forLanguageTag(job.language()));
                carryOut(job, mine);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The import {} waits for the database", id, e);
        } finally {
            LocaleContextHolder.resetLocaleContext();
            running.remove(id);
        }
    }

    private void carryOut(Import job, Running mine) {
        try {
            ImportWork.Control control =
                    new ImportWork.Control(
                            () -> mine.cancelled || stopping, p -> mine.progress = p);
            ImportWork.Result result =
                    job.state() == State.CHECKING
                            ? work.check(job, control)
                            : work.apply(job, control);
            State next = job.state() == State.CHECKING ? State.CHECKED : State.APPLIED;
            end(job, next, result, null);
        } catch (Run.Stopped e) {
            if (!stopping) {
                State next = job.state() == State.CHECKING ? State.RECEIVED : State.STOPPED;
                end(job, next, work.sofar(job), null);
            }
        } catch (LakeException e) {
            LOG.warn("The import {} failed", job.id(), e);
            fail(job, fault(e));
        } catch (PlatformException e) {
            LOG.warn("The import {} failed", job.id(), e);
            fail(job, fault(e.code(), e.arguments()));
        } catch (DataAccessException | TransactionException e) {
            if (!isAway(e)) {
                unexpected(job, e);
                return;
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            unexpected(job, e);
        }
    }

    /** Whether trying again later may help. */
    private static boolean isAway(RuntimeException e) {
        return e instanceof org.springframework.dao.TransientDataAccessException
                || e instanceof org.springframework.dao.RecoverableDataAccessException
                || e instanceof org.springframework.dao.DataAccessResourceFailureException
                || e instanceof TransactionException;
    }

    private void unexpected(Import job, Exception e) {
        String reference = UUID.randomUUID().toString();
        LOG.error("The import {} failed, reference {}", job.id(), reference, e);
        fail(job, fault(IntakeError.IMPORT_FAILED, reference));
    }

    private void fail(Import job, Import.Fault fault) {
        end(job, State.FAILED, work.sofar(job), fault);
    }

    private static Import.Fault fault(LakeException e) {
        return new Import.Fault(
                e.code().name(),
                new Words(e.message(Locale.CHINA), e.message(Locale.ENGLISH)),
                new Words(e.mend(Locale.CHINA), e.mend(Locale.ENGLISH)));
    }

    private Import.Fault fault(ErrorCode code, Object... arguments) {
        return new Import.Fault(
                code.name(),
                new Words(
                        text(code.name(), Locale.CHINA, arguments),
                        text(code.name(), Locale.ENGLISH, arguments)),
                new Words(
                        text(code.name() + ".mend", Locale.CHINA, arguments),
                        text(code.name() + ".mend", Locale.ENGLISH, arguments)));
    }

    private String text(String key, Locale locale, Object... arguments) {
        return String.valueOf(messages.getMessage(key, arguments, "", locale));
    }

    private void end(
            Import job, State next, ImportWork.Result result, Import.@Nullable Fault fault) {
        transaction.executeWithoutResult(
                status -> {
                    if (store.ended(
                            job,
                            next,
                            result.counts(),
                            result.notices(),
                            result.samples(),
                            fault)) {
                        note(job, next, result.counts(), fault);
                    }
                });
    }

    private void note(Import job, State next, Import.Counts counts, Import.@Nullable Fault fault) {
        Author agent = job.agent();
        evidence.changed(
                new Who(agent.username(), agent.organisation()),
                "import." + next.name().toLowerCase(Locale.ROOT),
                "import:" + job.id(),
                Map.of(
                        "ledger", job.type(),
                        "added", Long.toString(counts.added()),
                        "changed", Long.toString(counts.changed()),
                        "refused", Long.toString(counts.refused()),
                        "code", fault == null ? "" : fault.code()));
    }

    /** Lets the import under way stop; it goes on at the next start. */
    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        worker.shutdown();
        if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("An import did not stop in time");
        }
    }
}

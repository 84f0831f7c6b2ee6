package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.table.LoadColumn;
import cn.tiaoxi.lake.table.LoadPlan;
import cn.tiaoxi.lake.table.LoadResult;
import cn.tiaoxi.platform.catalogue.Upload.Fault;
import cn.tiaoxi.platform.catalogue.Upload.State;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out loads, one after the other. That a load is to be done stands in the database: after a
 * crash it is done again from the start, unless its rows had become the table's already.
 */
@Component
class Loads implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    private static final int STATES_KEPT = 5;
    private static final long STOP_SECONDS = 20;

    private final UploadStore uploads;
    private final UploadFiles files;
    private final Datasets datasets;
    private final ColumnAnalysis analysis;
    private final Faults faults;
    private final Lake lake;
    private final City city;
    private final Evidence evidence;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Instant began;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("load").daemon().factory());
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile boolean ready;

    /** A load that waits or is under way in this process. */
    private static final class Running {
        private volatile Progress progress;
        private volatile boolean cancelled;

        Running(Progress progress) {
            this.progress = progress;
        }
    }

    Loads(
            UploadStore uploads,
            UploadFiles files,
            Datasets datasets,
            ColumnAnalysis analysis,
            Faults faults,
            Lake lake,
            City city,
            Evidence evidence,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.uploads = uploads;
        this.files = files;
        this.datasets = datasets;
        this.analysis = analysis;
        this.faults = faults;
        this.lake = lake;
        this.city = city;
        this.evidence = evidence;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.began = clock.instant();
    }

    /** How far a load is; null when none of that upload is under way here. */
    @Nullable Progress progress(String upload) {
        Running mine = running.get(upload);
        return mine == null ? null : mine.progress;
    }

    /** Asks a load to stop; what it has written goes. Too late once its rows are the table's. */
    void cancel(String upload) {
        Running mine = running.get(upload);
        if (mine != null) {
            mine.cancelled = true;
        }
    }

    @TransactionalEventListener
    void ordered(LoadOrdered order) {
        uploads.find(order.id()).ifPresent(this::submit);
    }

    /** Puts in order what a crash left, then goes on with what was ordered. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        worker.execute(
                () -> {
                    try {
                        tidy();
                    } catch (RuntimeException e) {
                        LOG.error("What an earlier stop left could not be put in order", e);
                    }
                    ready = true;
                });
    }

    void tidy() {
        for (Upload each : uploads.inState(State.RECEIVING)) {
            if (each.created().isBefore(began)) {
                Fault fault = faults.of(CatalogueException.uploadInterrupted());
                end(each, State.FAILED, "upload.failed", fault);
                files.deleteSource(each.id());
            }
        }
        files.keepSourcesOf(id -> uploads.find(id).isPresent());
        if (lake.tables().sweep(Duration.ZERO) > 0) {
            LOG.info("removed what unfinished loads had written");
        }
        dropOrphans();
    }

    /**
     * A load enters its dataset after its table. So a table that is there, and that nobody is
     * loading a moment later, has its dataset or belongs to none.
     */
    private void dropOrphans() {
        List<String> tables = lake.tables().list();
        Set<String> loading =
                uploads.inState(State.LOADING).stream()
                        .map(u -> Lake.table(Objects.requireNonNull(u.dataset())))
                        .collect(Collectors.toSet());
        for (String table : tables) {
            if (!loading.contains(table) && datasets.find(Lake.dataset(table)).isEmpty()) {
                LOG.warn("removed the table {}, which belongs to no dataset", table);
                lake.tables().drop(table);
            }
        }
    }

    /** Goes on with loads that stand still: after a start, or when the database was away. */
    @Scheduled(fixedDelayString = "PT3S", initialDelayString = "PT3S")
    void goOn() {
        if (ready && !stopping) {
            uploads.inState(State.LOADING).forEach(this::submit);
        }
    }

    private void submit(Upload upload) {
        Running mine = new Running(Progress.waiting(upload.bytes()));
        if (running.putIfAbsent(upload.id(), mine) == null) {
            worker.execute(() -> run(upload.id(), mine));
        }
    }

    private void run(String id, Running mine) {
        try {
            Upload upload = uploads.find(id).orElse(null);
            if (upload != null && upload.state() == State.LOADING && !stopping) {
                carryOut(upload, mine);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The load {} waits for the database", id, e);
        } finally {
            running.remove(id);
            events.publishEvent(new UploadChanged(id));
        }
    }

    private void carryOut(Upload upload, Running mine) {
        LoadOrder order = Objects.requireNonNull(upload.order());
        String dataset = Objects.requireNonNull(upload.dataset());
        String table = Lake.table(dataset);
        try {
            Optional<LoadResult> made = lake.loader().made(table, name(upload.id(), order));
            LoadResult result = made.orElseGet(() -> load(upload, order, table, mine));
            report(upload, mine, profiling(result, upload));
            enter(upload, order, result, analysis.analyse(table));
            files.deleteSource(upload.id());
            datasets.find(dataset).ifPresent(this::keepNewestRejects);
            lake.tables().forgetHistory(table, STATES_KEPT);
        } catch (LakeException e) {
            if (e.code() != ErrorCode.LOAD_CANCELLED) {
                LOG.warn("The load {} failed", upload.id(), e);
                end(upload, State.FAILED, "upload.failed", Faults.of(e));
                dropUnknown(dataset, table);
            } else if (!stopping) {
                end(upload, State.CANCELLED, "upload.cancelled", null);
            }
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            String reference = UUID.randomUUID().toString();
            LOG.error("The load {} failed, reference {}", upload.id(), reference, e);
            Fault fault = faults.of(CatalogueException.loadFailed(reference));
            end(upload, State.FAILED, "upload.failed", fault);
            dropUnknown(dataset, table);
        }
    }

    /** A new dataset that did not come about leaves no table, even if its rows were there. */
    private void dropUnknown(String dataset, String table) {
        try {
            if (datasets.find(dataset).isEmpty()) {
                lake.tables().drop(table);
            }
        } catch (LakeException e) {
            LOG.warn("The table {} of a failed load stays until the next start", table, e);
        }
    }

    /**
     * What the lake knows a load by: a file that is ordered anew in another way is another load.
     */
    static String name(String upload, LoadOrder order) {
        return upload + "-" + Integer.toHexString(order.toString().hashCode());
    }

    private LoadResult load(Upload upload, LoadOrder order, String table, Running mine) {
        ProbeResult probe = Objects.requireNonNull(upload.probe());
        List<LoadColumn> columns =
                order.columns().stream()
                        .map(
                                c ->
                                        new LoadColumn(
                                                c.index(),
                                                new LakeColumn(c.name(), c.label(), c.type())))
                        .toList();
        LoadPlan plan =
                new LoadPlan(
                        probe.layout(),
                        columns,
                        table,
                        order.mode(),
                        city.zone(),
                        files.rejects(upload.id()),
                        Locale.forLanguageTag(order.language()),
                        name(upload.id(), order));
        return lake.loader()
                .load(
                        files.source(upload.id()),
                        plan,
                        progress -> {
                            report(upload, mine, Progress.of(progress));
                            return !mine.cancelled && !stopping;
                        });
    }

    private static Progress profiling(LoadResult result, Upload upload) {
        return new Progress(
                Progress.Phase.PROFILING,
                result.rows(),
                result.rejected(),
                upload.bytes(),
                upload.bytes());
    }

    private void report(Upload upload, Running mine, Progress progress) {
        mine.progress = progress;
        events.publishEvent(new UploadChanged(upload.id()));
    }

    /** The dataset, the load and the upload's end become true in one transaction. */
    private void enter(
            Upload upload, LoadOrder order, LoadResult result, List<DatasetColumn> columns) {
        Load load =
                new Load(
                        upload.id(),
                        Objects.requireNonNull(upload.dataset()),
                        clock.instant(),
                        upload.author(),
                        upload.fileName(),
                        order.mode(),
                        result.rows(),
                        result.rejected(),
                        result.snapshot());
        transaction.executeWithoutResult(
                status -> {
                    Upload.Outcome outcome = new Upload.Outcome(result.rows(), result.rejected());
                    if (uploads.loaded(upload.id(), outcome)) {
                        datasets.loaded(load, order, result.totalRows(), columns);
                        note(upload, "upload.loaded", Map.of("dataset", load.dataset()));
                    }
                });
    }

    private void keepNewestRejects(Dataset dataset) {
        datasets.loads(dataset).stream().skip(1).forEach(l -> files.deleteRejects(l.id()));
    }

    private void end(Upload upload, State after, String action, @Nullable Fault fault) {
        transaction.executeWithoutResult(
                status -> {
                    if (uploads.ended(upload.id(), upload.state(), after, upload.bytes(), fault)) {
                        note(upload, action, Map.of("code", fault == null ? "" : fault.code()));
                    }
                });
    }

    private void note(Upload upload, String action, Map<String, String> detail) {
        Who who = new Who(upload.author().username(), upload.author().organisation());
        evidence.changed(who, action, "upload:" + upload.id(), detail);
    }

    /** Lets the load under way stop; it stays ordered and is done at the next start. */
    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        worker.shutdown();
        if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A load did not stop in time");
        }
    }
}

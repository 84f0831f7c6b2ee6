package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.catalogue.Upload.State;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Author;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Files that people bring: received, probed, ordered to be loaded, discarded. */
@Service
public class Uploads {
    private static final int LONGEST_NAME = 200;
    private static final Duration KEPT = Duration.ofDays(7);

    private final UploadStore store;
    private final UploadFiles files;
    private final Loads loads;
    private final Datasets datasets;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Uploads(
            UploadStore store,
            UploadFiles files,
            Loads loads,
            Datasets datasets,
            Organisations organisations,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.loads = loads;
        this.datasets = datasets;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes a file and looks into it. A file that holds no table is kept as failed, with the
     * reason.
     *
     * @param fileName as the person calls it
     * @param announced bytes to come, negative if that is not known
     * @throws IOException if the sender went away; nothing is kept then
     */
    public Upload receive(String fileName, InputStream body, long announced) throws IOException {
        Actor actor = access.actor();
        String name = harmless(fileName);
        if (announced > SourceProbe.MAX_BYTES) {
            throw CatalogueException.uploadTooLarge(SourceProbe.MAX_BYTES >> 20);
        }
        String id = UUID.randomUUID().toString();
        transaction.executeWithoutResult(s -> store.add(id, name, Author.of(actor)));
        long bytes;
        try {
            bytes = files.receive(id, body, SourceProbe.MAX_BYTES);
        } catch (IOException | RuntimeException e) {
            files.deleteSource(id);
            transaction.executeWithoutResult(s -> store.remove(id, State.RECEIVING));
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                throw CatalogueException.uploadFull();
            }
            throw e;
        }
        lookInto(actor, id, name, bytes);
        return get(id);
    }

    private void lookInto(Actor actor, String id, String name, long bytes) {
        try {
            ProbeResult probe = SourceProbe.probe(files.source(id), name, ReadOptions.NONE);
            transaction.executeWithoutResult(
                    s -> {
                        store.probed(id, State.RECEIVING, bytes, probe);
                        received(actor, id, name, bytes, "");
                    });
        } catch (LakeException e) {
            files.deleteSource(id);
            transaction.executeWithoutResult(
                    s -> {
                        store.ended(id, State.RECEIVING, State.FAILED, bytes, Faults.of(e));
                        received(actor, id, name, bytes, e.code().name());
                    });
        }
    }

    private void received(Actor actor, String id, String name, long bytes, String code) {
        evidence.changed(
                actor.who(),
                "upload.received",
                "upload:" + id,
                Map.of("file", name, "bytes", Long.toString(bytes), "code", code));
    }

    /** The last part of a path, without anything that does not print. */
    private static String harmless(String fileName) {
        String last =
                fileName.substring(
                        Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFE\\uFFFF]", "").strip();
        if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
            throw BorderException.invalid("fileName", "border.required");
        }
        int cut = Math.max(0, clean.length() - LONGEST_NAME);
        boolean within = cut > 0 && Character.isLowSurrogate(clean.charAt(cut));
        return clean.substring(within ? cut + 1 : cut);
    }

    /**
     * An upload of the person's organisation.
     *
     * @throws CatalogueException if there is none
     */
    public Upload get(String id) {
        Upload upload = store.find(id).orElseThrow(() -> CatalogueException.uploadNotFound(id));
        access.require("dataset:write", upload.author().organisation());
        return upload;
    }

    /** An upload, if there is one; without regard to permissions. */
    public Optional<Upload> find(String id) {
        return store.find(id);
    }

    /** How far its load is; null when none is under way. */
    public @Nullable Progress progress(Upload upload) {
        if (upload.state() != State.LOADING) {
            return null;
        }
        Progress now = loads.progress(upload.id());
        return now == null ? Progress.waiting(upload.bytes()) : now;
    }

    /** Uploads within reach of the person, the newest first. */
    public Page<Upload> list(Slice slice) {
        return store.list(access.actor().reach("dataset:write"), slice);
    }

    /**
     * Reads the file anew as the person says.
     *
     * @throws LakeException if it cannot be read so; everything stays as it was
     */
    public Upload probe(String id, ReadOptions options) {
        Upload upload = get(id);
        if (!upload.isLoadable()) {
            throw CatalogueException.uploadState(upload);
        }
        ProbeResult probe = SourceProbe.probe(files.source(id), upload.fileName(), options);
        transaction.executeWithoutResult(
                s -> {
                    if (!store.probed(id, upload.state(), upload.bytes(), probe)) {
                        throw CatalogueException.uploadState(get(id));
                    }
                });
        return get(id);
    }

    /**
     * What is to be done with an upload.
     *
     * @param dataset identifier of the dataset that the rows go to; null makes a new one
     * @param title title of a new dataset
     * @param organisation code of the organisation that owns a new dataset; null for the person's
     */
    public record Wanted(
            @Nullable String dataset,
            @Nullable String title,
            @Nullable String organisation,
            LoadMode mode,
            List<LoadOrder.Column> columns) {
        public Wanted {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Orders a load.
     *
     * @throws BorderException naming every part that is wrong
     */
    @Transactional
    public Upload order(String id, Wanted wanted, Locale locale) {
        Upload upload = get(id);
        ProbeResult probe = upload.probe();
        if (!upload.isLoadable() || probe == null) {
            throw CatalogueException.uploadState(upload);
        }
        Dataset target = wanted.dataset() == null ? null : datasets.get(wanted.dataset());
        String organisation = organisation(wanted, target);
        Actor actor = access.require("dataset:write", organisation);
        OrderCheck.check(wanted, target, probe.layout().columns().size());
        LoadOrder order =
                new LoadOrder(
                        target == null ? String.valueOf(wanted.title()).strip() : target.title(),
                        organisation,
                        wanted.mode(),
                        wanted.columns(),
                        locale.getLanguage().equals("en") ? "en" : "zh");
        String dataset = target == null ? UUID.randomUUID().toString() : target.id();
        if (!store.ordered(upload, order, dataset)) {
            throw CatalogueException.uploadState(get(id));
        }
        evidence.changed(
                actor.who(),
                "upload.ordered",
                "upload:" + id,
                Map.of("dataset", dataset, "title", order.title(), "mode", order.mode().name()));
        events.publishEvent(new LoadOrdered(id));
        return get(id);
    }

    private String organisation(Wanted wanted, @Nullable Dataset target) {
        if (target != null) {
            return target.organisation();
        }
        String organisation = wanted.organisation();
        if (organisation == null) {
            return access.actor().organisation();
        }
        if (organisations.find(organisation).isEmpty()) {
            throw BorderException.invalid(
                    "organisation", "ledger.organisationUnknown", organisation);
        }
        return organisation;
    }

    /** Asks the load of an upload to stop. Nothing happens if none is under way. */
    public Upload cancel(String id) {
        Upload upload = get(id);
        loads.cancel(upload.id());
        return upload;
    }

    /** Removes an upload and its file. What was loaded from it stays. */
    public void discard(String id) {
        Upload upload = get(id);
        if (upload.state() == State.RECEIVING || upload.state() == State.LOADING) {
            throw CatalogueException.uploadState(upload);
        }
        if (!discard(upload, access.actor().who())) {
            throw CatalogueException.uploadState(get(id));
        }
    }

    private boolean discard(Upload upload, Who who) {
        boolean removed =
                Boolean.TRUE.equals(
                        transaction.execute(
                                status -> {
                                    if (!store.remove(upload.id(), upload.state())) {
                                        return false;
                                    }
                                    evidence.changed(
                                            who,
                                            "upload.discarded",
                                            "upload:" + upload.id(),
                                            Map.of("file", upload.fileName()));
                                    return true;
                                }));
        if (removed) {
            files.deleteSource(upload.id());
        }
        return removed;
    }

    /**
     * The rows that the load of an upload handed back.
     *
     * @throws CatalogueException if there are none, or a newer load took their place
     */
    public Path rejects(String id) {
        return existing(files.rejects(get(id).id()));
    }

    /** The rows that the newest load of a dataset handed back. */
    public Path rejects(Dataset dataset) {
        access.require("dataset:write", dataset.organisation());
        return datasets.loads(dataset).stream()
                .findFirst()
                .map(l -> existing(files.rejects(l.id())))
                .orElseThrow(CatalogueException::rejectsNotFound);
    }

    private static Path existing(Path file) {
        if (Files.notExists(file)) {
            throw CatalogueException.rejectsNotFound();
        }
        return file;
    }

    /** Removes files that nobody did anything with for a week: they hold people's data. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void removeForgotten() {
        for (Upload each : store.forgotten(clock.instant().minus(KEPT))) {
            discard(each, Who.SYSTEM);
        }
    }
}

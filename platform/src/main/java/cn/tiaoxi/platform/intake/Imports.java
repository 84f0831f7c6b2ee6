package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.intake.Import.State;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.BulkChanges;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.TypeChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Files that people bring into ledgers: received, matched, checked, applied, discarded. */
@Service
public class Imports {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_UNDONE = 5_000;
    private static final Duration KEPT = Duration.ofDays(30);

    /** Begins the codes of notices about the file as a whole, which a new check does not touch. */
    private static final String OF_FILE = "intake.file.";

    private final ImportStore store;
    private final ImportFiles files;
    private final ImportRuns runs;
    private final ChunkStore chunks;
    private final Ledger ledger;
    private final TypeChanges types;
    private final BulkChanges bulk;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Imports(
            ImportStore store,
            ImportFiles files,
            ImportRuns runs,
            ChunkStore chunks,
            Ledger ledger,
            TypeChanges types,
            BulkChanges bulk,
            Organisations organisations,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.runs = runs;
        this.chunks = chunks;
        this.ledger = ledger;
        this.types = types;
        this.bulk = bulk;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    static List<Import.Notice> ofFile(List<Import.Notice> notices) {
        return notices.stream().filter(n -> n.code().startsWith(OF_FILE)).toList();
    }

    /** A ledger that the person may write, for at least one organisation. */
    LedgerType writable(String type) {
        LedgerType found = ledger.type(type);
        if (found.isManaged()) {
            throw LedgerException.managed(found.name().shown());
        }
        if (!access.actor().may(found.writePermission())) {
            access.require(found.writePermission(), access.actor().organisation());
        }
        return found;
    }

    /**
     * Takes a file and looks into it. A file that holds no table is refused and not kept.
     *
     * @param fileName as the person calls it
     * @param announced bytes to come, negative if that is not known
     */
    public Import receive(String type, String fileName, InputStream body, long announced)
            throws IOException {
        LedgerType found = writable(type);
        Actor actor = access.actor();
        String name = harmless(fileName);
        if (announced > ImportFiles.MOST) {
            throw IntakeException.tooLarge(ImportFiles.MOST >> 20);
        }
        String id = UUID.randomUUID().toString();
        try {
            long bytes = files.receive(id, body);
            Targets targets = Targets.of(found, actor);
            ColumnMatch match = new ColumnMatch(targets);
            Probing.Found probe = new Probing(files.file(id), match).probe(name, Probing.Wish.NONE);
            Layout layout = probe.layout();
            Import job =
                    new Import(
                            id,
                            type,
                            name,
                            bytes,
                            State.RECEIVED,
                            Author.of(actor),
                            Author.of(actor),
                            clock.instant(),
                            clock.instant(),
                            layout,
                            match.suggest(layout.columns()),
                            new Import.Options(actor.organisation(), true, false, false),
                            Import.Counts.NONE,
                            notices(found, layout, probe.form()),
                            List.of(),
                            null,
                            null,
                            "zh",
                            true);
            transaction.executeWithoutResult(
                    s -> {
                        store.add(job);
                        note(actor.who(), "import.received", job);
                    });
        } catch (IOException | RuntimeException e) {
            files.delete(id);
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                throw IntakeException.noSpace();
            }
            throw e;
        }
        return get(type, id);
    }

    private List<Import.Notice> notices(
            LedgerType type, Layout layout, Probing.@Nullable Form form) {
        List<Import.Notice> notices = new ArrayList<>();
        if (form != null && !form.type().equals(type.id())) {
            notices.add(new Import.Notice(OF_FILE + "otherLedger", 1, 0, List.of(form.type())));
        } else if (form != null && form.version() != types.current(type.id())) {
            notices.add(
                    new Import.Notice(
                            OF_FILE + "olderTemplate",
                            1,
                            0,
                            List.of(
                                    Integer.toString(form.version()),
                                    Integer.toString(types.current(type.id())))));
        }
        Targets all = Targets.of(type);
        List<String> vanished =
                layout.columns().stream()
                        .map(Layout.Column::id)
                        .filter(i -> i != null && all.find(i).isEmpty())
                        .map(String::valueOf)
                        .toList();
        if (!vanished.isEmpty()) {
            notices.add(
                    new Import.Notice(
                            OF_FILE + "vanished",
                            vanished.size(),
                            0,
                            List.of(String.join(", ", vanished))));
        }
        if (layout.sheets().size() > 1) {
            notices.add(
                    new Import.Notice(
                            OF_FILE + "sheets",
                            layout.sheets().size(),
                            0,
                            List.of(String.valueOf(layout.sheet()))));
        }
        return notices;
    }

    /** The last part of a path, without anything that does not print. */
    private static String harmless(String fileName) {
        String last =
                fileName.substring(
                        Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\uFFFE\\uFFFF]", "").strip();
        if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
            throw BorderException.invalid("fileName", "border.required");
        }
        return clean.substring(Math.max(0, clean.length() - LONGEST_NAME));
    }

    /**
     * An import of the person, or of somebody whose organisation the person may write for.
     *
     * @throws IntakeException if there is none
     */
    public Import get(String type, String id) {
        LedgerType found = ledger.type(type);
        Import job = store.find(type, id).orElseThrow(() -> IntakeException.notFound(id));
        if (!job.maker().username().equals(access.actor().username())) {
            access.require(found.writePermission(), job.maker().organisation());
        }
        return job;
    }

    /** Imports into a ledger within reach of the person, the newest first. */
    public Page<Import> list(String type, Slice slice) {
        LedgerType found = ledger.type(type);
        return store.list(type, access.actor().reach(found.writePermission()), slice);
    }

    /** How far an import under way is; null when none is. */
    public @Nullable Progress progress(Import job) {
        if (!job.state().isRunning()) {
            return null;
        }
        Progress now = runs.progress(job.id());
        return now == null ? Progress.WAITING : now;
    }

    /** What the person says about a file. Null leaves a part as it is. */
    public record Wanted(
            @Nullable String sheet,
            @Nullable Long headerRow,
            cn.tiaoxi.lake.source.@Nullable TextEncoding encoding,
            @Nullable Character separator,
            @Nullable List<@Nullable String> targets,
            Import.@Nullable Options options) {}

    /**
     * Reads the file as the person says; what a check found before goes.
     *
     * @throws BorderException if a column goes to what there is not, or two go to the same
     */
    public Import change(String type, String id, Wanted wanted) throws IOException {
        Import job = get(type, id);
        LedgerType found = writable(type);
        Actor actor = access.actor();
        requireOpen(job);
        Targets possible = Targets.of(found, actor);
        Layout layout = job.layout();
        List<@Nullable String> targets = job.targets();
        if (wanted.sheet() != null
                || wanted.headerRow() != null
                || wanted.encoding() != null
                || wanted.separator() != null) {
            ColumnMatch match = new ColumnMatch(possible);
            layout =
                    new Probing(files.file(id), match)
                            .probe(
                                    job.fileName(),
                                    new Probing.Wish(
                                            or(wanted.encoding(), layout.encoding()),
                                            or(wanted.separator(), layout.separator()),
                                            or(wanted.sheet(), layout.sheet()),
                                            wanted.headerRow()))
                            .layout();
            targets = match.suggest(layout.columns());
        }
        if (wanted.targets() != null) {
            targets = checked(wanted.targets(), layout, possible);
        }
        Import.Options options = wanted.options() == null ? job.options() : wanted.options();
        if (organisations.find(options.organisation()).isEmpty()) {
            throw BorderException.invalid(
                    "options.organisation",
                    "ledger.organisationUnknown",
                    Values.shown(options.organisation()));
        }
        Layout newLayout = layout;
        List<@Nullable String> newTargets = targets;
        transaction.executeWithoutResult(
                s -> {
                    if (!store.relaid(job, newLayout, newTargets, options)) {
                        throw IntakeException.state(get(type, id));
                    }
                    note(actor.who(), "import.matched", job);
                });
        return get(type, id);
    }

    private static <T> @Nullable T or(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private static List<@Nullable String> checked(
            List<@Nullable String> targets, Layout layout, Targets possible) {
        if (targets.size() != layout.columns().size()) {
            throw BorderException.invalid("targets", "intake.targetCount", layout.columns().size());
        }
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            String target = targets.get(i);
            if (target != null && possible.find(target).isEmpty()) {
                throw BorderException.invalid(
                        "targets[" + i + "]", "intake.targetUnknown", Values.shown(target));
            }
            if (target != null && !taken.add(target)) {
                throw BorderException.invalid(
                        "targets[" + i + "]", "intake.targetTwice", Values.shown(target));
            }
        }
        return targets;
    }

    private void requireOpen(Import job) {
        if (!job.kept()) {
            throw IntakeException.fileGone(job.fileName());
        }
        if (!job.isOpen()) {
            throw IntakeException.state(job);
        }
    }

    /** Orders a look at all rows that writes nothing. */
    public Import check(String type, String id, Locale locale) {
        Import job = get(type, id);
        writable(type);
        requireOpen(job);
        if (job.targets().stream().allMatch(java.util.Objects::isNull)) {
            throw BorderException.invalid("targets", "intake.noTarget");
        }
        return order(job, State.CHECKING, null, "import.checkOrdered", locale);
    }

    /** Orders the writing of what was checked, or its going on after it was stopped. */
    public Import apply(String type, String id, Locale locale) {
        Import job = get(type, id);
        writable(type);
        if (!job.kept()) {
            throw IntakeException.fileGone(job.fileName());
        }
        boolean goesOn =
                job.batch() != null
                        && (job.state() == State.STOPPED || job.state() == State.FAILED);
        if (job.state() != State.CHECKED && !goesOn) {
            throw IntakeException.state(job);
        }
        String batch = job.batch() == null ? UUID.randomUUID().toString() : job.batch();
        return order(job, State.APPLYING, batch, "import.applyOrdered", locale);
    }

    private Import order(
            Import job, State next, @Nullable String batch, String action, Locale locale) {
        Actor actor = access.actor();
        String language = locale.getLanguage().equals("en") ? "en" : "zh";
        transaction.executeWithoutResult(
                s -> {
                    if (!store.ordered(job, next, Author.of(actor), language, batch)) {
                        throw IntakeException.state(get(job.type(), job.id()));
                    }
                    note(actor.who(), action, job);
                });
        Import ordered = get(job.type(), job.id());
        runs.submit(ordered);
        return ordered;
    }

    /** Asks an import under way to stop. Nothing happens if none is. */
    public Import cancel(String type, String id) {
        Import job = get(type, id);
        writable(type);
        runs.cancel(job.id());
        return job;
    }

    /** Removes the file, and the import itself if nothing was written of it. */
    public void discard(String type, String id) {
        Import job = get(type, id);
        writable(type);
        if (job.state().isRunning()) {
            throw IntakeException.state(job);
        }
        discard(job, access.actor().who());
    }

    private void discard(Import job, Who who) {
        transaction.executeWithoutResult(
                s -> {
                    if (job.batch() != null) {
                        store.fileGone(job.id());
                    } else if (!store.remove(job)) {
                        throw IntakeException.state(job);
                    }
                    note(who, "import.discarded", job);
                });
        files.delete(job.id());
    }

    private void note(Who who, String action, Import job) {
        evidence.changed(
                who,
                action,
                "import:" + job.id(),
                Map.of("ledger", job.type(), "file", job.fileName()));
    }

    /** What is wrong with rows, by row. */
    public Page<Finding> findings(Import job, String code, int column, Slice slice) {
        return chunks.findings(job.id(), code, column, slice);
    }

    /** What the columns of a file may go to, as far as the person may write it. */
    public List<EntryTable.Column> targets(String type) {
        return Targets.of(ledger.type(type), access.actor()).all();
    }

    /**
     * Takes back what was written, where nothing happened to the entries since.
     *
     * @throws IntakeException if more was written than is taken back at once
     */
    public BulkChanges.Outcome undo(String type, String id, String reason) {
        Import job = get(type, id);
        writable(type);
        String batch = job.batch();
        if (batch == null || job.state().isRunning()) {
            throw IntakeException.state(job);
        }
        long written = job.counts().added() + job.counts().changed();
        if (written > MOST_UNDONE) {
            throw IntakeException.tooManyToUndo(written, MOST_UNDONE);
        }
        BulkChanges.Outcome outcome = bulk.undo(access.actor(), type, batch, reason);
        transaction.executeWithoutResult(s -> note(access.actor().who(), "import.undone", job));
        return outcome;
    }

    /** How many findings of each sort there are. */
    public List<FindingSort> sorts(Import job) {
        return chunks.sorts(job.id());
    }

    /** The file of an import. */
    Path file(Import job) {
        Path file = files.file(job.id());
        if (!job.kept() || Files.notExists(file)) {
            throw IntakeException.fileGone(job.fileName());
        }
        return file;
    }

    /** Removes files that nobody did anything with for a month: they hold people's data. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT11M")
    void removeForgotten() {
        for (Import each : store.forgotten(clock.instant().minus(KEPT))) {
            discard(each, Who.SYSTEM);
        }
    }
}

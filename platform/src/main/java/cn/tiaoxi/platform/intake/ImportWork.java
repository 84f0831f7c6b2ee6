package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.ledger.Batches;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks all rows of an import, and writes them chunk by chunk. */
@Component
class ImportWork {
    private static final int MOST_SAMPLES = 30;

    /** Chunks that are worked on at once: while one is written, the next is checked. */
    private static final int AT_ONCE = 2;

    private final ImportFiles files;
    private final ImportStore store;
    private final ChunkStore chunks;
    private final Batches batches;
    private final Ledger ledger;
    private final Organisations organisations;
    private final People people;
    private final TransactionTemplate transaction;

    ImportWork(
            ImportFiles files,
            ImportStore store,
            ChunkStore chunks,
            Batches batches,
            Ledger ledger,
            Organisations organisations,
            People people,
            TransactionTemplate transaction) {
        this.files = files;
        this.store = store;
        this.chunks = chunks;
        this.batches = batches;
        this.ledger = ledger;
        this.organisations = organisations;
        this.people = people;
        this.transaction = transaction;
    }

    /** What a run asks and tells. */
    record Control(BooleanSupplier stopped, Consumer<Progress> progress) {}

    /** What came of a run. */
    record Result(Import.Counts counts, List<Import.Notice> notices, List<Import.Sample> samples) {}

    /** Takes a chunk. */
    @FunctionalInterface
    private interface Each {
        void take(Chunk chunk, ChunkWork work, Runnable turn);
    }

    /** Everything that one run over a file needs. */
    private final class Pass {
        private final Import job;
        private final Control control;
        private final Tally tally = new Tally();
        private final RowReader reader;
        private final Run run;
        private final ThreadLocal<ChunkWork> work;
        private final Batches.Order order;
        private Import.Counts counts;
        private int room;

        Pass(Import job, Control control, boolean trial) throws IOException {
            this.job = job;
            this.control = control;
            Path file = files.file(job.id());
            if (Files.notExists(file)) {
                throw IntakeException.fileGone(job.fileName());
            }
            LedgerType type = ledger.type(job.type());
            Actor actor = people.actorOf(job.agent().username());
            List<EntryTable.@Nullable Column> targets = targets(type, actor);
            Import.Options options = job.options();
            reader =
                    new RowReader(
                            targets,
                            new Values(
                                    type, organisations, people.active(), options.decodeEntities()),
                            tally,
                            options.blankClears());
            run = new Run(file, job.layout(), options.fillMerged(), reader, control.stopped());
            Twice codes = run.codes();
            work =
                    ThreadLocal.withInitial(
                            () ->
                                    new ChunkWork(
                                            batches,
                                            type,
                                            new References(ledger, type),
                                            reader,
                                            codes,
                                            options.organisation(),
                                            f -> f.read() == null || actor.may(f.read())));
            order =
                    new Batches.Order(
                            job.batch() == null ? job.id() : job.batch(),
                            job.agent(),
                            job.fileName(),
                            Targets.permitted(
                                    type,
                                    actor,
                                    targets.stream().filter(Objects::nonNull).toList()),
                            trial,
                            () -> {});
            counts = Import.Counts.NONE;
            room = ChunkStore.MOST_FINDINGS;
        }

        private List<EntryTable.@Nullable Column> targets(LedgerType type, Actor actor) {
            Targets writable = Targets.of(type, actor);
            List<EntryTable.@Nullable Column> all = new ArrayList<>();
            for (String id : job.targets()) {
                all.add(id == null ? null : writable.find(id).orElse(null));
            }
            return all;
        }

        /** Takes the chunks of a round, some at once and each in its turn. */
        void chunks(@Nullable Set<Long> only, int from, Each each) throws IOException {
            LocaleContext locale = LocaleContextHolder.getLocaleContext();
            try (Turns turns = new Turns(AT_ONCE)) {
                run.chunks(
                        only,
                        from,
                        chunk ->
                                turns.begin(
                                        turn -> {
                                            LocaleContextHolder.setLocaleContext(locale);
                                            each.take(chunk, work.get(), turn);
                                        }));
                turns.end();
            }
        }

        void keep(ChunkStore.Phase phase, int round, Chunk chunk, ChunkResult result) {
            chunks.add(job.id(), phase, round, chunk.number(), result, room);
        }

        void took(Chunk chunk, ChunkResult result) {
            room = Math.max(0, room - result.findings().size());
            counts = counts.plus(result.counts());
            double share = Math.min(1, (double) chunk.bytes() / Math.max(1, job.bytes()));
            control.progress().accept(new Progress(counts, 100 * share));
        }
    }

    /** Looks at all rows and writes nothing. */
    Result check(Import job, Control control) throws IOException {
        transaction.executeWithoutResult(s -> store.forget(job.id()));
        Pass pass = new Pass(job, control, true);
        List<Import.Sample> samples = new ArrayList<>();
        pass.chunks(
                null,
                0,
                (chunk, work, turn) -> {
                    ChunkResult result = work.process(chunk.rows(), pass.order, true);
                    turn.run();
                    transaction.executeWithoutResult(
                            s -> pass.keep(ChunkStore.Phase.CHECK, 0, chunk, result));
                    pass.took(chunk, result);
                    result.samples().stream()
                            .limit(MOST_SAMPLES - samples.size())
                            .forEach(samples::add);
                });
        List<Import.Notice> notices = new ArrayList<>(Imports.ofFile(job.notices()));
        notices.addAll(pass.tally.notices());
        return new Result(pass.counts, notices, samples);
    }

    /**
     * Writes all rows, or goes on where it stood. Rows that refer to others of the file that come
     * later wait for the next round; a round that brings no progress is the last.
     */
    Result apply(Import job, Control control) throws IOException {
        Pass pass = new Pass(job, control, false);
        List<Integer> done = chunks.chunksByRound(job.id());
        if (done.isEmpty()) {
            transaction.executeWithoutResult(s -> store.forget(job.id()));
        }
        pass.counts = chunks.counts(job.id(), ChunkStore.Phase.APPLY);
        pass.room = Math.max(0, ChunkStore.MOST_FINDINGS - chunks.findings(job.id()));
        int round = Math.max(0, done.size() - 1);
        int before = round < 2 ? Integer.MAX_VALUE : chunks.deferred(job.id(), round - 2).size();
        while (true) {
            Set<Long> only = round == 0 ? null : chunks.deferred(job.id(), round - 1);
            if (only != null && only.isEmpty()) {
                break;
            }
            boolean last = only != null && only.size() >= before;
            int from = round < done.size() ? done.get(round) : 0;
            round(pass, round, only, from, !last);
            if (last) {
                break;
            }
            before = only == null ? Integer.MAX_VALUE : only.size();
            round++;
        }
        batches.awaitFound();
        return new Result(pass.counts, job.notices(), job.samples());
    }

    private void round(Pass pass, int round, @Nullable Set<Long> only, int from, boolean mayDefer)
            throws IOException {
        pass.chunks(
                only,
                from,
                (chunk, work, turn) -> {
                    ChunkResult result =
                            transaction.execute(
                                    s -> {
                                        ChunkResult written =
                                                work.process(
                                                        chunk.rows(),
                                                        pass.order.when(turn),
                                                        mayDefer);
                                        turn.run();
                                        pass.keep(ChunkStore.Phase.APPLY, round, chunk, written);
                                        return written;
                                    });
                    pass.took(chunk, Objects.requireNonNull(result));
                });
    }

    /** How far a run came that did not end well. */
    Result sofar(Import job) {
        boolean writing = job.batch() != null;
        return new Result(
                writing ? chunks.counts(job.id(), ChunkStore.Phase.APPLY) : Import.Counts.NONE,
                writing ? job.notices() : Imports.ofFile(job.notices()),
                writing ? job.samples() : List.of());
    }
}

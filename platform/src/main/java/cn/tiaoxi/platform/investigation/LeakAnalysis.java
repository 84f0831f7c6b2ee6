package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.lake.delivery.DeliveryIndex;
import cn.tiaoxi.lake.delivery.DeliveryIndex.Hit;
import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.platform.catalogue.Dataset;
import cn.tiaoxi.platform.catalogue.DatasetColumn;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.catalogue.Masking;
import cn.tiaoxi.platform.investigation.Attribution.Recipient;
import cn.tiaoxi.platform.investigation.Deliveries.KeyedKind;
import cn.tiaoxi.platform.investigation.Deliveries.MarkedPart;
import cn.tiaoxi.platform.investigation.Deliveries.Recipients;
import cn.tiaoxi.platform.sharing.Interfaces;
import cn.tiaoxi.platform.sharing.Subject;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds a leaked file against everything that was delivered of a dataset. Rows are told by the
 * column that names subjects, others by their remaining values; what no delivery holds counts
 * against every recipient alike.
 */
@Component
class LeakAnalysis {
    /** Rows by which the column that names subjects is found. */
    private static final int TRIED = 400;

    /** A shorter text names nobody. */
    private static final int SHORTEST = 4;

    private static final int MOST_FINDINGS = 50;
    private static final int MOST_DELIVERIES = 200;

    /** Most parts of marked files that a leaked file is held against. */
    private static final int MOST_MARKED = 2_000;

    private final Deliveries deliveries;
    private final SubjectKeys keys;
    private final Interfaces interfaces;
    private final Datasets datasets;
    private final Masking masking;

    LeakAnalysis(
            Deliveries deliveries,
            SubjectKeys keys,
            Interfaces interfaces,
            Datasets datasets,
            Masking masking) {
        this.deliveries = deliveries;
        this.keys = keys;
        this.interfaces = interfaces;
        this.datasets = datasets;
        this.masking = masking;
    }

    /** How far an analysis is. */
    interface Progress {
        /**
         * Tells it; may throw to stop.
         *
         * @param done 0 to 1
         */
        void at(double done);
    }

    private record KeyColumn(int column, String kind) {}

    /** Looks a file through. */
    LeakResult analyse(String dataset, Path file, SourceLayout layout, Progress progress) {
        long bytes = Math.max(1, size(file));
        LeakSample sample =
                LeakSample.read(
                        file,
                        layout,
                        read -> progress.at(0.4 * Math.min(1, (double) read / bytes)));
        progress.at(0.4);
        DeliveryIndex index = deliveries.index();
        List<KeyedKind> kinds = deliveries.kinds(dataset);
        KeyColumn key = keyColumn(sample, kinds, index).orElse(null);
        progress.at(0.5);
        KnownRows rows = new KnownRows(sample.rows().size());
        if (key != null) {
            named(sample, key, index, rows);
        }
        int direct = rows.known();
        progress.at(0.6);
        Optional<Dataset> source = dataset.isEmpty() ? Optional.empty() : datasets.find(dataset);
        Optional<Subject> subject = interfaces.subjects(dataset).stream().findFirst();
        if (source.isPresent() && subject.isPresent()) {
            link(sample, source.get(), subject.get(), rows, progress);
        }
        int linked = rows.known() - direct;
        progress.at(0.8);
        Ranked ranked =
                ranked(dataset, sample, rows, index, source, subject.orElse(null), progress);
        return new LeakResult(
                sample.total(),
                sample.faulty(),
                sample.rows().size(),
                key == null ? "" : sample.columns().get(key.column()),
                key == null ? "" : key.kind(),
                direct,
                linked,
                ranked.population(),
                ranked.findings());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The column whose values name the most subjects that were delivered. */
    private Optional<KeyColumn> keyColumn(
            LeakSample sample, List<KeyedKind> kinds, DeliveryIndex index) {
        Map<KeyColumn, Set<Long>> tried = new HashMap<>();
        Set<Long> all = new HashSet<>();
        List<LeakSample.Row> some = sample.rows().subList(0, Math.min(TRIED, sample.rows().size()));
        for (int column = 0; column < sample.columns().size(); column++) {
            for (KeyedKind kind : kinds) {
                Set<Long> digests =
                        tried.computeIfAbsent(
                                new KeyColumn(column, kind.kind()), k -> new HashSet<>());
                for (LeakSample.Row row : some) {
                    String value = row.values().get(column);
                    if (value.length() >= SHORTEST) {
                        digests.add(keys.digests(kind.key()).digest(kind.kind(), value));
                    }
                }
                all.addAll(digests);
            }
        }
        Set<Long> known = index.known(all);
        return tried.entrySet().stream()
                .max(Comparator.comparingLong(e -> common(e.getValue(), known)))
                .filter(e -> common(e.getValue(), known) > 0)
                .map(Map.Entry::getKey);
    }

    private static long common(Set<Long> digests, Set<Long> known) {
        return digests.stream().filter(known::contains).count();
    }

    private void named(LeakSample sample, KeyColumn key, DeliveryIndex index, KnownRows rows) {
        long[][] digests = new long[sample.rows().size()][];
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < digests.length; i++) {
            String value = sample.rows().get(i).values().get(key.column());
            digests[i] = value.length() < SHORTEST ? new long[0] : digests(key.kind(), value);
            Arrays.stream(digests[i]).forEach(all::add);
        }
        Set<Long> known = index.known(all);
        for (int i = 0; i < digests.length; i++) {
            if (Arrays.stream(digests[i]).anyMatch(known::contains)) {
                rows.know(i, digests[i]);
            }
        }
    }

    private long[] digests(String kind, String value) {
        return keys.digests(kind, value).values().stream().mapToLong(Long::longValue).toArray();
    }

    /** The dataset's values in one spelling, and once more as callers saw them masked. */
    private String[] spelled(List<DatasetColumn> columns, @Nullable String[] values) {
        String[] spelled = new String[2 * columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            String plain = values[i];
            spelled[i] = ValueText.of(plain);
            spelled[columns.size() + i] =
                    ValueText.of(Masks.apply(masking.mask(columns.get(i).kind()), plain));
        }
        return spelled;
    }

    private void link(
            LeakSample sample, Dataset source, Subject subject, KnownRows rows, Progress progress) {
        int[] open = rows.open();
        if (open.length == 0) {
            return;
        }
        RowLinker linker =
                new RowLinker(
                        Arrays.stream(open).mapToObj(sample.rows()::get).toList(),
                        sample.columns().size());
        List<DatasetColumn> columns = source.columns();
        List<String> names = columns.stream().map(DatasetColumn::name).toList();
        int place = names.indexOf(subject.column());
        if (place < 0) {
            return;
        }
        long[] read = {0};
        datasets.scan(
                source.id(),
                names,
                values -> {
                    linker.count(spelled(columns, values));
                    tell(progress, read, 0.6);
                });
        linker.chooseColumns();
        progress.at(0.7);
        datasets.scan(
                source.id(),
                names,
                values -> {
                    String named = values[place];
                    if (named != null) {
                        linker.hold(spelled(columns, values), named);
                    }
                    tell(progress, read, 0.7);
                });
        for (int i = 0; i < open.length; i++) {
            String found = linker.subject(i);
            if (found != null) {
                rows.know(open[i], digests(subject.kind(), found));
            }
        }
    }

    private static void tell(Progress progress, long[] read, double done) {
        if (++read[0] % 100_000 == 0) {
            progress.at(done);
        }
    }

    /** Findings, and how many subjects there are. */
    private record Ranked(long population, List<LeakResult.Finding> findings) {}

    private Ranked ranked(
            String dataset,
            LeakSample sample,
            KnownRows rows,
            DeliveryIndex index,
            Optional<Dataset> source,
            @Nullable Subject subject,
            Progress progress) {
        Recipients recipients = deliveries.recipients(dataset);
        DeliveryIndex.Received received =
                index.received(
                        rows.digests().stream().mapToLong(Long::longValue).toArray(),
                        pairs ->
                                recipients
                                        .ofDelivery()
                                        .forEach(
                                                (delivery, number) -> pairs.add(delivery, number)));
        progress.at(0.85);
        List<LeakResult.Marked> marked = marked(dataset, sample, rows, received.hits());
        progress.at(0.9);
        Map<Integer, BitSet> ofRecipient = new HashMap<>();
        Map<Long, BitSet> ofDelivery = new HashMap<>();
        for (Hit hit : received.hits()) {
            int row = rows.place(hit.digest());
            Integer number = recipients.ofDelivery().get(hit.delivery());
            if (number != null && row >= 0) {
                ofRecipient.computeIfAbsent(number, n -> new BitSet()).set(row);
                ofDelivery.computeIfAbsent(hit.delivery(), d -> new BitSet()).set(row);
            }
        }
        List<Recipient> named = new ArrayList<>();
        ofRecipient.forEach(
                (number, hits) ->
                        named.add(
                                new Recipient(
                                        Integer.toString(number),
                                        hits,
                                        received.subjects().getOrDefault((long) number, 0L))));
        named.sort(Comparator.comparing(Recipient::id));
        long population =
                Math.max(received.known(), source.map(d -> d.entry().count("rows")).orElse(0L));
        LikeRecipients like =
                new LikeRecipients(
                        datasets,
                        keys,
                        rows,
                        population,
                        index,
                        recipients,
                        source.orElse(null),
                        subject);
        List<LeakResult.Finding> findings =
                Attribution.rank(rows.known(), population, named, like::shares).stream()
                        .map(f -> finding(f, recipients, ofDelivery))
                        .toList();
        return new Ranked(
                population,
                MarkedFindings.with(findings, marked, recipients::of).stream()
                        .limit(MOST_FINDINGS)
                        .toList());
    }

    /**
     * Files whose marks the leaked one bears. Their invented subjects have served their turn after
     * this: they are nobody's rows.
     */
    private List<LeakResult.Marked> marked(
            String dataset, LeakSample sample, KnownRows rows, List<Hit> hits) {
        Set<Long> holding = hits.stream().map(Hit::delivery).collect(Collectors.toSet());
        List<MarkedPart> parts = deliveries.marked(holding, dataset, MOST_MARKED);
        List<LeakResult.Marked> found =
                new MarkSearch(sample, rows).find(parts, key -> keys.digests(key).marks());
        parts.forEach(part -> Arrays.stream(part.canaries()).forEach(rows::forget));
        return found;
    }

    private static LeakResult.Finding finding(
            Attribution.Finding found, Recipients recipients, Map<Long, BitSet> ofDelivery) {
        Set<Integer> numbers =
                found.recipients().stream().map(Integer::valueOf).collect(Collectors.toSet());
        List<LeakResult.Held> held =
                ofDelivery.entrySet().stream()
                        .filter(e -> numbers.contains(recipients.ofDelivery().get(e.getKey())))
                        .map(e -> new LeakResult.Held(e.getKey(), e.getValue().cardinality()))
                        .sorted(
                                Comparator.comparingInt(LeakResult.Held::rows)
                                        .reversed()
                                        .thenComparingLong(LeakResult.Held::delivery))
                        .limit(found.verdict() == Verdict.NONE ? 0 : MOST_DELIVERIES)
                        .toList();
        return new LeakResult.Finding(
                numbers.stream().map(recipients.applications()::get).sorted().toList(),
                found.rows(),
                found.received(),
                found.weight(),
                found.gain(),
                found.chance(),
                found.verdict(),
                held,
                List.of());
    }
}

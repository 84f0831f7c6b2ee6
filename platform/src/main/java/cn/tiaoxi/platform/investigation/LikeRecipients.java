package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.lake.delivery.DeliveryIndex;
import cn.tiaoxi.platform.catalogue.Dataset;
import cn.tiaoxi.platform.catalogue.DatasetColumn;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.investigation.Attribution.Recipient;
import cn.tiaoxi.platform.investigation.Deliveries.Recipients;
import cn.tiaoxi.platform.sharing.Subject;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which share of those that are like a leaked row each recipient received. The dataset is read when
 * the first recipient is asked about, and not again. For one thread.
 */
final class LikeRecipients {
    private final Datasets datasets;
    private final SubjectKeys keys;
    private final KnownRows rows;
    private final long population;
    private final DeliveryIndex index;
    private final Recipients recipients;
    private final @Nullable Dataset source;
    private final @Nullable Subject subject;
    private @Nullable Likeness likeness;

    /**
     * @param population how many subjects there are
     * @param source the dataset that the rows are of, or null if that is not known
     * @param subject what names its subjects, or null
     */
    LikeRecipients(
            Datasets datasets,
            SubjectKeys keys,
            KnownRows rows,
            long population,
            DeliveryIndex index,
            Recipients recipients,
            @Nullable Dataset source,
            @Nullable Subject subject) {
        this.datasets = datasets;
        this.keys = keys;
        this.rows = rows;
        this.population = population;
        this.index = index;
        this.recipients = recipients;
        this.source = source;
        this.subject = subject;
    }

    /** The shares for a recipient, by each way to be alike. */
    List<double[]> shares(Recipient recipient) {
        double whole = Math.min(1, (double) recipient.received() / Math.max(1, population));
        double[] uniform = new double[rows.known()];
        Arrays.fill(uniform, whole);
        Likeness read = likeness();
        if (read == null) {
            return List.<double[]>of(uniform);
        }
        Set<Long> digests = index.digests(recipients.to(Integer.parseInt(recipient.id())));
        return Stream.concat(
                        Stream.of(uniform), read.shares(rows.known(), digests::contains).stream())
                .toList();
    }

    private @Nullable Likeness likeness() {
        Likeness read = likeness;
        Dataset from = source;
        Subject named = subject;
        if (read != null || from == null || named == null) {
            return read;
        }
        List<String> names = from.columns().stream().map(DatasetColumn::name).toList();
        int column = names.indexOf(named.column());
        if (column < 0) {
            return null;
        }
        Likeness made = new Likeness(names.size());
        datasets.scan(
                from.id(),
                names,
                values -> {
                    String value = values[column];
                    if (value != null) {
                        add(
                                made,
                                values,
                                keys.digests(named.kind(), value).values().stream()
                                        .mapToLong(Long::longValue)
                                        .toArray());
                    }
                });
        likeness = made;
        return made;
    }

    private void add(Likeness made, @Nullable String[] values, long[] digests) {
        String[] texts = new String[values.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = ValueText.of(values[i]);
        }
        int leaked = -1;
        for (long each : digests) {
            leaked = Math.max(leaked, rows.place(each));
        }
        made.add(texts, digests, leaked);
    }
}

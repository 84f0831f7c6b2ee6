package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.MarkSeeds;
import cn.tiaoxi.contract.Width;
import cn.tiaoxi.platform.investigation.Deliveries.MarkedPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks for the marks of delivered files in a leaked one. What a file's draw decided, a file from
 * elsewhere has by halves: its pairs of rows stand in this order with probability ½, its texts are
 * spelled so with probability ½, and an invented subject it does not name at all. How likely it is
 * that any of the files agrees so well by chance is bounded by Chernoff (1952) for each mark, the
 * marks are combined as Fisher (1925) combines independent tests, and all files are counted.
 */
final class MarkSearch {
    /** Above this, chance is not excluded. */
    static final double MOST_CHANCE = 1e-6;

    /** Digests are as many as this; one of a subject that exists may be that of an invented one. */
    private static final double DIGESTS = 0x1p48;

    private final KnownRows rows;
    private final Map<String, Width> widths;

    /** What one file has in common with the leaked one. */
    private static final class Tally {
        private final MarkedPart first;
        private int invented;
        private int canaries;
        private int pairs;
        private int inOrder;

        Tally(MarkedPart first) {
            this.first = first;
        }
    }

    MarkSearch(LeakSample sample, KnownRows rows) {
        this.rows = rows;
        this.widths = widths(sample);
    }

    /** The texts of the file, each with its width; one that has both says nothing. */
    private static Map<String, Width> widths(LeakSample sample) {
        Map<String, Width> widths = new HashMap<>();
        Set<String> both = new HashSet<>();
        for (LeakSample.Row row : sample.rows()) {
            row.widths()
                    .forEach(
                            (text, width) -> {
                                Width before = widths.putIfAbsent(text, width);
                                if (before != null && before != width) {
                                    both.add(text);
                                }
                            });
        }
        widths.keySet().removeAll(both);
        return widths;
    }

    /**
     * The files whose marks are in the leaked one, the surest first.
     *
     * @param seeds what marks are drawn from, by the digest key's identifier
     */
    List<LeakResult.Marked> find(List<MarkedPart> parts, Function<String, MarkSeeds> seeds) {
        Map<String, Tally> files = new LinkedHashMap<>();
        for (MarkedPart part : parts) {
            Tally tally = files.computeIfAbsent(part.export(), e -> new Tally(part));
            tally.invented += part.canaries().length;
            tally.canaries += (int) Arrays.stream(part.canaries()).filter(this::isThere).count();
            if (part.marks().contains(DeliveryMark.ORDER)) {
                order(part, tally);
            }
        }
        List<LeakResult.Marked> found = new ArrayList<>();
        for (Tally file : files.values()) {
            LeakResult.Marked marked = judged(file, files.size(), seeds);
            if (marked.chance() <= MOST_CHANCE) {
                found.add(marked);
            }
        }
        found.sort(Comparator.comparingDouble(LeakResult.Marked::chance));
        return found;
    }

    private boolean isThere(long digest) {
        return rows.place(digest) >= 0;
    }

    /** Neighbours in the leaked file that are of one portion; no row is in two pairs. */
    private void order(MarkedPart part, Tally tally) {
        int[] at = new int[rows.known()];
        int[] portionOf = new int[rows.known()];
        Arrays.fill(at, -1);
        int position = 0;
        for (int portion = 0; portion < part.portions().length; portion++) {
            for (int i = 0; i < part.portions()[portion]; i++) {
                int place =
                        position < part.digests().length
                                ? rows.place(part.digests()[position])
                                : -1;
                if (place >= 0 && at[place] < 0) {
                    at[place] = position;
                    portionOf[place] = portion;
                }
                position++;
            }
        }
        int open = -1;
        for (int place = 0; place < at.length; place++) {
            if (at[place] < 0) {
                continue;
            }
            if (open >= 0 && portionOf[open] == portionOf[place]) {
                tally.pairs++;
                tally.inOrder += at[open] < at[place] ? 1 : 0;
                open = -1;
            } else {
                open = place;
            }
        }
    }

    private LeakResult.Marked judged(Tally file, int files, Function<String, MarkSeeds> seeds) {
        int texts = 0;
        int asSpelled = 0;
        if (file.first.marks().contains(DeliveryMark.SPELLING)) {
            MarkSeeds drawn = seeds.apply(file.first.key());
            texts = widths.size();
            for (Map.Entry<String, Width> each : widths.entrySet()) {
                Width own = drawn.width(file.first.export(), each.getKey());
                asSpelled += own == each.getValue() ? 1 : 0;
            }
        }
        double[] chances = {
            canaries(file),
            file.pairs == 0 ? 1 : heads(file.pairs, file.inOrder),
            texts == 0 ? 1 : heads(texts, asSpelled)
        };
        return new LeakResult.Marked(
                file.first.application(),
                file.first.export(),
                file.first.id(),
                file.canaries,
                file.pairs,
                file.inOrder,
                texts,
                asSpelled,
                Math.min(1, files * fisher(chances)));
    }

    /** That so many of the leaked file's digests are by chance those of invented subjects. */
    private double canaries(Tally file) {
        double expected = (double) rows.known() * file.invented / DIGESTS;
        return file.canaries == 0 ? 1 : Math.min(1, Math.pow(expected, file.canaries));
    }

    /** A bound for the probability of so many heads or more among so many throws of a coin. */
    static double heads(int throwsOfCoin, int heads) {
        double share = (double) heads / throwsOfCoin;
        if (share <= 0.5) {
            return 1;
        }
        double tails = 1 - share;
        double distance =
                Math.log(2) + share * Math.log(share) + (tails == 0 ? 0 : tails * Math.log(tails));
        return Math.exp(-throwsOfCoin * distance);
    }

    /** Independent tests in one: the probability of a product as small, were they all chance. */
    static double fisher(double... chances) {
        double logarithm = 0;
        for (double each : chances) {
            logarithm -= Math.log(Math.max(each, Double.MIN_NORMAL));
        }
        double term = 1;
        double sum = 0;
        for (int i = 0; i < chances.length; i++) {
            sum += term;
            term *= logarithm / (i + 1);
        }
        return Math.min(1, Math.exp(-logarithm) * sum);
    }
}

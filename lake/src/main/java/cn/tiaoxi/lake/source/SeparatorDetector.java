package cn.tiaoxi.lake.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the separator that cuts most rows of the head into the same number of fields. */
final class SeparatorDetector {
    private static final char[] CANDIDATES = {',', '\t', ';', '|'};

    private SeparatorDetector() {}

    static char detect(Path file, TextEncoding encoding) throws IOException {
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            SourceLayout layout =
                    new SourceLayout(Format.CSV, encoding, candidate, false, null, List.of());
            double score = score(SampleReader.head(file, layout));
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /**
     * The share of rows that have the commonest number of fields, weighed by how many fields those
     * are.
     */
    private static double score(List<SampleRow> rows) {
        Map<Integer, Integer> widths = new HashMap<>();
        for (SampleRow row : rows) {
            if (row.fault() == null) {
                widths.merge(row.width(), 1, Integer::sum);
            }
        }
        double best = 0;
        for (Map.Entry<Integer, Integer> width : widths.entrySet()) {
            if (width.getKey() > 1) {
                double share = (double) width.getValue() / rows.size();
                best = Math.max(best, share * share * (1 + Math.log(width.getKey())));
            }
        }
        return best;
    }
}

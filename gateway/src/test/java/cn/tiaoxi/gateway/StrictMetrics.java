package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads metrics and takes nothing that the formats do not allow. */
final class StrictMetrics {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern META =
            Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ") (\\S.*)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "("
                            + NAME
                            + ")(?:\\{((?:[a-z_]+=\"(?:[^\"\\\\]|\\\\[\\\\n\"])*\",?)+)\\})?"
                            + " (-?[0-9]+\\.[0-9]+|\\+Inf|NaN)");

    private final boolean openMetrics;
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private String family = "";

    private StrictMetrics(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** The samples by name and labels, as written. */
    static Map<String, Double> read(String text, boolean openMetrics) {
        assertThat(text).endsWith("\n");
        StrictMetrics metrics = new StrictMetrics(openMetrics);
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (openMetrics && i == lines.length - 1) {
                assertThat(lines[i]).isEqualTo("# EOF");
            } else {
                metrics.line(lines[i]);
            }
        }
        metrics.histogramsHold();
        return metrics.samples;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            Matcher meta = META.matcher(line);
            assertThat(meta.matches()).as(line).isTrue();
            meta(meta.group(1), meta.group(2), meta.group(3));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(belongs(sample.group(1))).as(line + " in " + family).isTrue();
        String value = sample.group(3);
        String labels = sample.group(2) == null ? "" : "{" + sample.group(2) + "}";
        Double before =
                samples.put(
                        sample.group(1) + labels,
                        value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(value));
        assertThat(before).as("twice: " + line).isNull();
    }

    private void meta(String kind, String name, String text) {
        if (!name.equals(family)) {
            assertThat(kind).as(name).isEqualTo("HELP");
            assertThat(finished.add(name)).as(name + " once").isTrue();
            family = name;
        }
        if (kind.equals("TYPE")) {
            assertThat(text).isIn("counter", "gauge", "histogram");
            types.put(name, text);
        }
        if (kind.equals("UNIT")) {
            assertThat(openMetrics).isTrue();
            assertThat(name).endsWith("_" + text);
        }
    }

    private boolean belongs(String name) {
        return switch (types.get(family)) {
            case "counter" ->
                    name.equals(openMetrics ? family + "_total" : family)
                            && name.endsWith("_total");
            case "gauge" -> name.equals(family) && !name.endsWith("_total");
            default ->
                    name.equals(family + "_bucket")
                            || name.equals(family + "_sum")
                            || name.equals(family + "_count");
        };
    }

    private void histogramsHold() {
        types.forEach(
                (name, type) -> {
                    if (type.equals("histogram")) {
                        double before = 0;
                        for (var sample : samples.entrySet()) {
                            if (sample.getKey().startsWith(name + "_bucket")) {
                                assertThat(sample.getValue()).isGreaterThanOrEqualTo(before);
                                before = sample.getValue();
                            }
                        }
                        assertThat(samples.get(name + "_count")).isEqualTo(before);
                        assertThat(samples.get(name + "_bucket{le=\"+Inf\"}")).isEqualTo(before);
                    }
                });
    }
}

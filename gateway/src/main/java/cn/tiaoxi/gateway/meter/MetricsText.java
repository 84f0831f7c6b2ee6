package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Durations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes metrics in Prometheus' text format 0.0.4, or in OpenMetrics 1.0: they differ in the name
 * of a counter's family, in units and in the end.
 */
final class MetricsText {
    private static final int LEAST_POWER = 7;
    private static final int MOST_POWER = 25;

    private final boolean openMetrics;
    private final StringBuilder text = new StringBuilder(1 << 14);
    private String family = "";
    private String sample = "";

    MetricsText(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** Begins what only grows; the name is without {@code _total}. */
    MetricsText counter(String name, String unit, String help) {
        return begin(openMetrics ? name : name + "_total", name + "_total", "counter", unit, help);
    }

    /** Begins what goes up and down. */
    MetricsText gauge(String name, String unit, String help) {
        return begin(name, name, "gauge", unit, help);
    }

    private MetricsText begin(
            String familyName, String sampleName, String type, String unit, String help) {
        this.family = familyName;
        this.sample = sampleName;
        text.append("# HELP ").append(familyName).append(' ').append(escaped(help, false));
        text.append("\n# TYPE ").append(familyName).append(' ').append(type).append('\n');
        if (openMetrics && !unit.isEmpty()) {
            text.append("# UNIT ").append(familyName).append(' ').append(unit).append('\n');
        }
        return this;
    }

    /**
     * Adds a sample to what was begun last.
     *
     * @param labels names and values in turn
     */
    MetricsText value(double value, String... labels) {
        text.append(sample);
        labels(labels);
        text.append(' ').append(number(value)).append('\n');
        return this;
    }

    /** A histogram in seconds, with bounds at powers of two of a microsecond, where it is exact. */
    MetricsText histogram(String name, String help, Durations durations) {
        begin(name, name, "histogram", "seconds", help);
        for (int power = LEAST_POWER; power <= MOST_POWER; power++) {
            bucket(number((1L << power) / 1e6), durations.upTo(power));
        }
        bucket("+Inf", durations.count());
        text.append(family).append("_sum ").append(number(durations.micros() / 1e6));
        text.append('\n').append(family).append("_count ");
        text.append(number(durations.count())).append('\n');
        return this;
    }

    private void bucket(String bound, long count) {
        text.append(family).append("_bucket");
        labels("le", bound);
        text.append(' ').append(number(count)).append('\n');
    }

    private void labels(String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            text.append(escaped(labels[i + 1], true)).append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
    }

    private static String escaped(String value, boolean quotes) {
        String plain = value.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? plain.replace("\"", "\\\"") : plain;
    }

    /** Canonical for OpenMetrics too: always with a point, never with an exponent. */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        String plain = BigDecimal.valueOf(value).toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    /** All of it; nothing can be added afterwards. */
    byte[] bytes() {
        if (openMetrics) {
            text.append("# EOF\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return openMetrics
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
    }
}

package cn.tiaoxi.bench;

import java.util.List;
import java.util.Map;

/** What benchmarks do with their figures. */
final class Figures {
    private Figures() {}

    /** A quantile of durations in nanoseconds, in milliseconds with two digits. */
    static double quantile(List<Long> nanos, double share) {
        long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return round(sorted[Math.max(0, at)] / 1e6, 2);
    }

    /** A figure with so many digits behind the point. */
    static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }

    /** Prints figures as one line of JSON. */
    static void print(Map<String, Object> figures) {
        StringBuilder line = new StringBuilder("{");
        figures.forEach(
                (name, value) ->
                        line.append(line.length() > 1 ? ", " : "")
                                .append('"')
                                .append(name)
                                .append("\": ")
                                .append(value));
        System.out.println(line.append('}'));
    }
}

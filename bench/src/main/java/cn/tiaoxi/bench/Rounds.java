package cn.tiaoxi.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Rounds of several runs in turn, so that what the machine does besides meets all of them. */
final class Rounds {
    /** Something measured again and again. */
    interface Run {
        Wrk.Result go() throws IOException, InterruptedException;
    }

    private record Entry(Run run, long process, long database, List<Measured> measured) {}

    /**
     * One round of one run.
     *
     * @param cpu milliseconds of CPU of the process that was measured
     * @param databaseCpu milliseconds of the database
     */
    record Measured(Wrk.Result result, long cpu, long databaseCpu) {
        double cpuPerThousand() {
            return 1_000.0 * cpu / result.calls();
        }

        double databaseCpuPerThousand() {
            return 1_000.0 * databaseCpu / result.calls();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param process whose CPU counts, with its children
     * @param database a further process whose CPU is told apart, or 0
     */
    void add(String name, long process, long database, Run run) {
        entries.put(name, new Entry(run, process, database, new ArrayList<>()));
    }

    /** Drops all other runs; an empty name keeps all. */
    void keep(String name) {
        entries.keySet().removeIf(each -> !name.isEmpty() && !each.equals(name));
    }

    void go(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Entry entry : entries.values()) {
                long cpu = ProcessUse.cpuMillis(entry.process());
                long database = entry.database() == 0 ? 0 : ProcessUse.cpuMillis(entry.database());
                Wrk.Result result = entry.run().go();
                entry.measured()
                        .add(
                                new Measured(
                                        result,
                                        ProcessUse.cpuMillis(entry.process()) - cpu,
                                        entry.database() == 0
                                                ? 0
                                                : ProcessUse.cpuMillis(entry.database())
                                                        - database));
            }
        }
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    /** The median over the rounds. */
    double median(String name, ToDoubleFunction<Measured> figure) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Double.NaN;
        }
        double[] sorted = entry.measured().stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Sum over the rounds. */
    long total(String name, ToDoubleFunction<Measured> figure) {
        Entry entry = entries.get(name);
        return entry == null ? 0 : (long) entry.measured().stream().mapToDouble(figure).sum();
    }
}

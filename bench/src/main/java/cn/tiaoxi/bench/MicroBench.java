package cn.tiaoxi.bench;

import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of what each call does: {@code ./tiaoxi bench micro [--quick]}. */
public final class MicroBench {
    private MicroBench() {}

    /**
     * Runs them and prints their figures, in nanoseconds an operation, as JSON in the last line.
     */
    public static void main(String[] arguments) throws Exception {
        boolean quick = List.of(arguments).contains("--quick");
        var options =
                new OptionsBuilder()
                        .include("cn\\.tiaoxi\\.gateway\\.HotPathBenchmarks")
                        .forks(quick ? 1 : 2)
                        .warmupIterations(quick ? 2 : 5)
                        .measurementIterations(quick ? 3 : 5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .build();
        StringBuilder figures = new StringBuilder("{");
        for (RunResult result : new Runner(options).run()) {
            String name = result.getPrimaryResult().getLabel();
            String size = result.getParams().getParam("grants");
            figures.append(figures.length() == 1 ? "" : ", ")
                    .append('"')
                    .append(name)
                    .append(size == null ? "" : "_" + size)
                    .append("_ns\": ")
                    .append(Math.round(result.getPrimaryResult().getScore()));
        }
        System.out.println(figures.append('}'));
    }
}

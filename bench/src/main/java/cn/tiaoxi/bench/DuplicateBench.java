package cn.tiaoxi.bench;

import cn.tiaoxi.platform.duplicate.DuplicateIndex;
import cn.tiaoxi.platform.duplicate.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The check for duplicates in a generated city of 12,000 applications of 350 departments: how many
 * planted duplicates are among the first five, how often a proposal that nothing like exists for
 * raises an alarm, how long a question takes. Beside it, in the same run and on the same proposals,
 * the plain way: cosine of the titles' pairs of characters, with an alarm from one half on. Then
 * the times in an index of 1,000,000 (100,000 with {@code --quick}).
 */
public final class DuplicateBench {
    private static final long SEED = 20261126;
    private static final int LARGE = 1_000_000;
    private static final int QUICK_LARGE = 100_000;
    private static final int QUESTIONS = 1_000;

    private DuplicateBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        boolean quick = List.of(arguments).contains("--quick");
        DuplicateTrial trial = new DuplicateTrial(SEED, DuplicateTrial.synonyms());
        DuplicateTrial.Result ours = trial.run(trial.ours());
        DuplicateTrial.Result titleOnly = trial.run(trial.oursByTitle());
        DuplicateTrial.Result plain = trial.run(new TitleCosine(trial.applications())::nearest);
        System.out.printf(
                Locale.ROOT,
                "%,d applications, %d planted duplicates (a third in words outside the table), %d"
                        + " unrelated proposals (half share the subject with others)%n%n",
                DuplicateTrial.APPLICATIONS,
                DuplicateTrial.DUPLICATES,
                DuplicateTrial.UNRELATED);
        System.out.printf(
                Locale.ROOT,
                "%-28s %10s %8s %8s %9s %8s %13s %8s %9s%n",
                "",
                "recall@5",
                "usual",
                "outside",
                "alarmed",
                "usual",
                "false per 100",
                "near",
                "stranger");
        print("tiaoxi", ours);
        print("tiaoxi, title alone", titleOnly);
        print("title pairs cosine", plain);
        double[] small = times(trial.index(), trial::proposal, trial::read);
        Large large = large(quick ? QUICK_LARGE : LARGE);
        report(ours, plain, small, large);
    }

    private static void report(
            DuplicateTrial.Result ours, DuplicateTrial.Result plain, double[] small, Large large) {
        System.out.printf(
                Locale.ROOT,
                "%nquestions: %,d entries p50 %.2f ms, p99 %.2f ms; %,d entries p50 %.2f ms, p99 %.2f"
                        + " ms, built in %.1f s, %d MB%n",
                DuplicateTrial.APPLICATIONS,
                percentile(small, 50),
                percentile(small, 99),
                large.entries(),
                percentile(large.times(), 50),
                percentile(large.times(), 99),
                large.seconds(),
                large.megabytes());
        System.out.printf(
                Locale.ROOT,
                "{\"entries\":%d,\"recall_at_5\":%.4f,\"recall_at_5_outside\":%.4f,"
                        + "\"alarmed\":%.4f,\"false_alarms_per_100\":%.2f,"
                        + "\"baseline_recall_at_5\":%.4f,\"baseline_recall_at_5_outside\":%.4f,"
                        + "\"baseline_false_alarms_per_100\":%.2f,"
                        + "\"query_p50_ms\":%.2f,\"query_p99_ms\":%.2f,\"large_entries\":%d,"
                        + "\"large_query_p50_ms\":%.2f,\"large_query_p99_ms\":%.2f,"
                        + "\"large_index_mb\":%d}%n",
                DuplicateTrial.APPLICATIONS,
                ours.recall(),
                ours.recallOutside(),
                ours.alarmed(),
                100 * ours.falseAlarms(),
                plain.recall(),
                plain.recallOutside(),
                100 * plain.falseAlarms(),
                percentile(small, 50),
                percentile(small, 99),
                large.entries(),
                percentile(large.times(), 50),
                percentile(large.times(), 99),
                large.megabytes());
    }

    private static void print(String name, DuplicateTrial.Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %9.1f%% %7.1f%% %7.1f%% %8.1f%% %7.1f%% %13.1f %8.1f %9.1f%n",
                name,
                100 * result.recall(),
                100 * result.recallUsual(),
                100 * result.recallOutside(),
                100 * result.alarmed(),
                100 * result.alarmedUsual(),
                100 * result.falseAlarms(),
                100 * result.falseAlarmsNear(),
                100 * result.falseAlarmsStranger());
    }

    /** What came out of the large index. */
    private record Large(int entries, double seconds, long megabytes, double[] times) {}

    private static Large large(int entries) {
        CityOfApplications city = new CityOfApplications(SEED);
        DuplicateIndex index =
                new DuplicateIndex(DuplicateTrial.ASPECTS, DuplicateTrial.synonyms());
        long before = used();
        long start = System.nanoTime();
        for (int i = 0; i < entries; i++) {
            index.put(new UUID(0, i), city.any(i).subject());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long megabytes = used() - before;
        double[] times =
                times(
                        index,
                        number -> city.any(entries + number).subject(),
                        ids -> {
                            Map<UUID, Subject> found = new HashMap<>();
                            for (UUID id : ids) {
                                int number = (int) id.getLeastSignificantBits();
                                found.put(id, city.any(number).subject());
                            }
                            return found;
                        });
        return new Large(entries, seconds, megabytes, times);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() >> 20;
    }

    /** Gives the subject of a question. */
    private interface Questions {
        Subject get(int number);
    }

    /** Gives subjects by their identifiers. */
    private interface Reader {
        Map<UUID, Subject> read(Collection<UUID> ids);
    }

    /** Milliseconds of each question, after as many to warm up. */
    private static double[] times(DuplicateIndex index, Questions questions, Reader reader) {
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            subjects.add(questions.get(i));
        }
        double[] times = new double[QUESTIONS];
        for (int i = 0; i < 2 * QUESTIONS; i++) {
            long start = System.nanoTime();
            index.nearest(subjects.get(i % QUESTIONS), null, 5, 0, reader::read);
            times[i % QUESTIONS] = (System.nanoTime() - start) / 1e6;
        }
        return times;
    }

    private static double percentile(double[] times, int percent) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}

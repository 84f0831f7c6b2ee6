package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that loads is killed without warning; the next one finds whole tables only. */
class CrashTests {
    private static final int ROWS = 600_000;

    @ParameterizedTest
    @CsvSource({"WRITING, 1", "WRITING, 2", "COMMITTING, 1", "DONE, 1"})
    void aKilledLoadLeavesTheTableWholeAndNoStrayFiles(
            String phase, int occurrence, @TempDir Path folder) throws Exception {
        try (TestLake lake = new TestLake(folder)) {
            Path before = lake.write("before.csv", "n,text\n1,before\n2,before\n");
            lake.load(before, "t");
            Path file = bigFile(folder);
            Process child = start(lake, folder, file);
            waitFor(child, phase, occurrence);
            child.destroyForcibly().waitFor();

            lake.tables.sweep(Duration.ZERO);

            long rows = lake.tables.rowCount("t");
            assertThat(rows).isIn(2L, (long) ROWS);
            if (phase.equals("DONE")) {
                assertThat(rows).isEqualTo(ROWS);
            } else if (phase.equals("WRITING")) {
                assertThat(rows).isEqualTo(2);
            }
            assertThat(lake.rows("t")).hasSize((int) rows);
            assertThat(dataFiles(folder)).isEqualTo(rows == 2 ? 1 : 2);
            lake.load(before, "t");
            assertThat(lake.rows("t"))
                    .containsExactly(List.of("1", "before"), List.of("2", "before"));
        }
    }

    private static Path bigFile(Path folder) throws IOException {
        Path file = folder.resolve("big.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("n,text\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(i + ",this is a text that makes the file somewhat larger " + i + "\n");
            }
        }
        return file;
    }

    private static Process start(TestLake lake, Path folder, Path file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName(),
                        TestLake.url(lake.dataSource),
                        folder.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Reads what the child says until it has said it is in the phase so often, or has ended. */
    private static void waitFor(Process child, String phase, int occurrence) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        int seen = 0;
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(phase + " ") && ++seen == occurrence) {
                return;
            }
        }
        throw new AssertionError("the child ended before it was killed:\n" + said);
    }

    private static long dataFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    /** The process that is killed. */
    static final class Loading {
        public static void main(String[] arguments) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(arguments[0]);
            dataSource.setUser("postgres");
            Path folder = Path.of(arguments[1]);
            Path file = Path.of(arguments[2]);
            try (LakeTables tables = LakeTables.open(dataSource, LakeSettings.of(folder))) {
                ProbeResult probe = SourceProbe.probe(file, "big.csv", ReadOptions.NONE);
                LoadPlan plan =
                        TestLake.plan(
                                probe, "t", LoadMode.REPLACE, folder.resolve("child-rejects.csv"));
                new TableLoader(tables)
                        .load(
                                file,
                                plan,
                                progress -> {
                                    System.out.println(progress.phase() + " " + progress.rows());
                                    return true;
                                });
            }
        }
    }
}

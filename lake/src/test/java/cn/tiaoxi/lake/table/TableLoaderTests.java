package cn.tiaoxi.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLoaderTests {
    @TempDir Path folder;

    private TestLake lake;

    @BeforeEach
    void open() throws Exception {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() throws Exception {
        lake.close();
    }

    @Test
    void rowsAreReplacedOrAppendedAndHistoryKept() throws Exception {
        Path first = lake.write("a.csv", "name,age\n张三,1\n李四,2\n");
        Path second = lake.write("b.csv", "name,age\n王五,3\n");
        lake.load(first, "t");
        ProbeResult probe = SourceProbe.probe(second, "b.csv", ReadOptions.NONE);

        LoadResult appended =
                lake.loader.load(second, lake.plan(probe, "t", LoadMode.APPEND), LoadListener.NONE);

        assertThat(appended.totalRows()).isEqualTo(3);
        assertThat(lake.tables.rows("t", List.of(), 0, 10).rows())
                .extracting(RowPage.Row::number)
                .containsExactly(1L, 2L, 3L);

        LoadResult replaced =
                lake.loader.load(
                        second, lake.plan(probe, "t", LoadMode.REPLACE), LoadListener.NONE);

        assertThat(replaced.totalRows()).isEqualTo(1);
        assertThat(lake.rows("t")).containsExactly(List.of("王五", "3"));
        assertThat(lake.tables.history("t")).hasSize(3);
        assertThat(lake.tables.history("t").getFirst().id()).isEqualTo(replaced.snapshot());
    }

    @Test
    void replacingMayChangeColumnsAndAppendingMayNot() throws Exception {
        lake.load(lake.write("a.csv", "name,age\n张三,1\n"), "t");
        Path other = lake.write("b.csv", "age,city,name\nx,湖州,李四\n");
        ProbeResult probe = SourceProbe.probe(other, "b.csv", ReadOptions.NONE);

        assertThatThrownBy(
                        () ->
                                lake.loader.load(
                                        other,
                                        lake.plan(probe, "t", LoadMode.APPEND),
                                        LoadListener.NONE))
                .isInstanceOfSatisfying(
                        LakeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMNS_DIFFER));
        assertThat(lake.rows("t")).containsExactly(List.of("张三", "1"));

        lake.loader.load(other, lake.plan(probe, "t", LoadMode.REPLACE), LoadListener.NONE);

        assertThat(lake.rows("t")).containsExactly(List.of("x", "湖州", "李四"));
    }

    @Test
    void aCancelledLoadLeavesNothing() throws Exception {
        Path file = numbers(400_000);
        ProbeResult probe = SourceProbe.probe(file, "n.csv", ReadOptions.NONE);
        LoadListener stop = progress -> progress.rows() == 0;

        assertThatThrownBy(
                        () -> lake.loader.load(file, lake.plan(probe, "t", LoadMode.REPLACE), stop))
                .isInstanceOfSatisfying(
                        LakeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LOAD_CANCELLED));

        assertThat(lake.tables.exists("t")).isFalse();
        assertThat(dataFiles()).isEmpty();
        assertThat(lake.rejects()).doesNotExist();
    }

    @Test
    void aStateKeepsTheNameOfTheLoadThatMadeItAndItsCounts() throws Exception {
        Path file = lake.write("a.csv", "code,day\n1,2020-01-01\n2,2020-02-30\n3,2020-03-01\n");
        assertThat(lake.loader.made("t", "load")).isEmpty();

        LoadResult loaded = lake.load(file, "t");

        LoadResult made = lake.loader.made("t", "load").orElseThrow();
        assertThat(made.rows()).isEqualTo(loaded.rows()).isPositive();
        assertThat(made.rejected()).isEqualTo(loaded.rejected());
        assertThat(made.snapshot()).isEqualTo(loaded.snapshot());
        assertThat(made.totalRows()).isEqualTo(loaded.totalRows());
        assertThat(lake.loader.made("t", "another")).isEmpty();
    }

    @Test
    void aLoadReportsItsProgress() throws Exception {
        Path file = numbers(400_000);
        ProbeResult probe = SourceProbe.probe(file, "n.csv", ReadOptions.NONE);
        List<LoadProgress> progress = new ArrayList<>();

        lake.loader.load(file, lake.plan(probe, "t", LoadMode.REPLACE), progress::add);

        assertThat(progress).extracting(LoadProgress::bytes).isSorted();
        assertThat(progress.getLast())
                .isEqualTo(
                        new LoadProgress(
                                LoadProgress.Phase.DONE,
                                400_000,
                                0,
                                Files.size(file),
                                Files.size(file)));
    }

    @Test
    void deepPagesAreAsQuickAsTheFirst() throws Exception {
        lake.load(numbers(400_000), "t");

        RowPage page = lake.tables.rows("t", List.of("n"), 399_990, 20);

        assertThat(page.rows()).hasSize(10);
        assertThat(page.rows().getLast().values()).containsExactly("400000");
        assertThat(page.next()).isNull();
        assertThat(page.total()).isEqualTo(400_000);
    }

    @Test
    void pagesSkipWideGapsOfRejectedRows() throws Exception {
        Path file = folder.resolve("gap.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("n,m\n1,1\n");
            for (int i = 0; i < 60_000; i++) {
                out.write("broken\n");
            }
            out.write("2,2\n");
        }
        ProbeResult probe =
                SourceProbe.probe(file, "gap.csv", new ReadOptions(null, ',', true, null));
        LoadResult result =
                lake.loader.load(file, lake.plan(probe, "t", LoadMode.REPLACE), LoadListener.NONE);

        assertThat(result.rejected()).isEqualTo(60_000);
        assertThat(lake.tables.rows("t", List.of(), 0, 1).next()).isEqualTo(1L);
        assertThat(lake.tables.rows("t", List.of(), 1, 1).rows().getFirst().number())
                .isEqualTo(60_002L);
    }

    @Test
    void sweepingRemovesOnlyWhatBelongsToNoTable() throws Exception {
        lake.load(numbers(1_000), "t");
        Path data = dataFiles().getFirst();
        Path stray = Files.writeString(data.resolveSibling("stray.parquet"), "x");
        Path scratch = Files.writeString(folder.resolve("scratch/old.tmp"), "x");

        assertThat(lake.tables.sweep(Duration.ofHours(1))).isZero();
        assertThat(lake.tables.sweep(Duration.ZERO)).isEqualTo(1);

        assertThat(stray).doesNotExist();
        assertThat(scratch).doesNotExist();
        assertThat(lake.rows("t")).hasSize(1_000);
        assertThat(lake.tables.sweep(Duration.ZERO)).isZero();
    }

    @Test
    void forgottenStatesGiveTheirFilesBack() throws Exception {
        Path file = numbers(1_000);
        for (int i = 0; i < 3; i++) {
            lake.load(file, "t");
        }

        lake.tables.forgetHistory("t", 1);

        assertThat(lake.tables.history("t")).hasSize(1);
        assertThat(lake.rows("t")).hasSize(1_000);
        assertThat(dataFiles()).hasSize(1);
    }

    @Test
    void droppedTablesLeaveNoFiles() throws Exception {
        lake.load(numbers(1_000), "t");

        lake.tables.drop("t");
        lake.tables.drop("t");

        assertThat(lake.tables.list()).isEmpty();
        assertThat(lake.tables.sweep(Duration.ZERO)).isZero();
        try (Stream<Path> left = Files.walk(folder.resolve("warehouse"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aParquetFileIsLoadedWithItsTypes() throws Exception {
        Path file = folder.resolve("a.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT 'n' || i AS name, i AS n, i / 4.0 AS d, i % 2 = 0 AS b, DATE '2023-01-05' AS"
                            + " day, TIMESTAMP '2023-01-05 08:00:00' AS t, [i, 2] AS l FROM range(3) r(i)) TO '"
                            + file
                            + "' (FORMAT parquet)");
        }

        LoadResult result = lake.load(file, "t");

        assertThat(result.rejected()).isZero();
        assertThat(lake.rows("t"))
                .containsExactly(
                        List.of(
                                "n0",
                                "0",
                                "0",
                                "true",
                                "2023-01-05",
                                "2023-01-05T00:00:00.000000Z",
                                "[0, 2]"),
                        List.of(
                                "n1",
                                "1",
                                "0.25",
                                "false",
                                "2023-01-05",
                                "2023-01-05T00:00:00.000000Z",
                                "[1, 2]"),
                        List.of(
                                "n2",
                                "2",
                                "0.5",
                                "true",
                                "2023-01-05",
                                "2023-01-05T00:00:00.000000Z",
                                "[2, 2]"));
    }

    @Test
    void aBigFileIsLoadedInLittleMemory() throws Exception {
        long megabytes = Long.getLong("tiaoxi.test.megabytes", 50);
        Path file = folder.resolve("big.csv");
        String row = "浙江省湖州市吴兴区人民路1号,330502199001010014,13812345678,\"note, with comma\"\n";
        byte[] block = row.repeat(1_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long blocks = (megabytes << 20) / block.length + 1;
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            out.write(
                    "address,resident,mobile,note\n"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (long i = 0; i < blocks; i++) {
                out.write(block);
            }
        }

        LoadResult result = lake.load(file, "t");

        assertThat(result.rows()).isEqualTo(blocks * 1_000);
        assertThat(result.rejected()).isZero();
    }

    private Path numbers(int rows) throws IOException {
        Path file = folder.resolve("n.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("n,text\n");
            for (int i = 1; i <= rows; i++) {
                out.write(i + ",this is the text of the row number " + i + "\n");
            }
        }
        return file;
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }
}

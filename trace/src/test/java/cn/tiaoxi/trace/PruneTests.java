package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTests {
    private static final int FILE = 65_536;
    private static final int SIZE = 2 * FILE + 1_000;
    private final NoteSigner signer = NoteSigner.generate("test.example/prune");
    @TempDir Path temporary;
    private Path folder;
    private Path archive;
    private String said = "";

    @BeforeEach
    void fill() {
        folder = temporary.resolve("log");
        archive = temporary.resolve("archive");
        try (TraceLog log = open(new FaultyDisk(-1, FaultyDisk.Fault.BEFORE))) {
            Records.append(log, SIZE);
        }
    }

    private TraceLog open(Disk disk) {
        return TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT, disk);
    }

    private int verify(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = VerifyCommand.run(List.of(arguments), Map.of("LANG", "C.UTF-8"), out);
        said = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void entriesGoToTheArchiveAndEverythingStillVerifies() throws IOException {
        byte[] first;
        try (TraceLog log = open(Disk.REAL)) {
            first = log.read(0);
            assertThat(log.prune(FILE - 1, archive)).isZero();
            assertThat(log.prune(FILE + 5, archive)).isEqualTo(FILE);
            assertThatThrownBy(() -> log.read(FILE - 1))
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo(TraceException.Code.PRUNED);
                                assertThat(e).hasMessageContaining("0 to 65535 are pruned");
                            });
            assertThat(log.read(FILE)).isNotEmpty();
            assertThat(log.prune(Long.MAX_VALUE, archive)).isEqualTo(2 * FILE);
            log.append(new byte[] {1}).join();
        }
        try (Stream<Path> bundles = Files.walk(folder.resolve("tile/entries"))) {
            assertThat(bundles.filter(Files::isRegularFile).count()).isLessThan(10);
        }
        assertThat(verify(folder.toString())).as(said).isZero();
        assertThat(said).contains("SOUND", "entries 0 to 131071 were taken out");
        assertThat(verify("--archive", archive.toString(), folder.toString())).as(said).isZero();
        assertThat(said).doesNotContain("taken out");

        TraceReader reader =
                new TraceReader(
                        new ArchivedTileSource(new FolderTileSource(folder), archive),
                        signer.verifier(),
                        null);
        reader.refresh();
        assertThat(reader.read(0).data()).isEqualTo(first);
        TraceReader without =
                new TraceReader(new FolderTileSource(folder), signer.verifier(), null);
        without.refresh();
        assertThat(without.inclusion(7).verifies()).as("proofs need no entries").isTrue();
    }

    @Test
    void aMissingOrChangedArchiveIsSaid() throws IOException {
        try (TraceLog log = open(Disk.REAL)) {
            log.prune(Long.MAX_VALUE, archive);
        }
        Path file = new Archive(archive).file(1);
        byte[] right = Files.readAllBytes(file);
        for (int at : new int[] {0, 9, 20, 2_000, right.length - 1}) {
            byte[] flipped = right.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThat(verify("--archive", archive.toString(), folder.toString()))
                    .as(said)
                    .isEqualTo(1);
            assertThat(said).contains("BROKEN", "its sum is wrong");
        }
        Files.delete(file);
        assertThat(verify("--archive", archive.toString(), folder.toString())).isZero();
        assertThat(said).contains("entries 0 to 131071 were taken out");
    }

    @Test
    void aHashTileOfPrunedEntriesThatWasChangedIsFound() throws IOException {
        try (TraceLog log = open(Disk.REAL)) {
            log.prune(FILE, archive);
        }
        Path tile = folder.resolve(Tile.hashes(0, 17, Tile.WIDTH));
        byte[] bytes = Files.readAllBytes(tile);
        bytes[40] ^= 1;
        Files.write(tile, bytes);
        assertThat(verify(folder.toString())).isEqualTo(1);
    }

    @Test
    void whereverItIsInterruptedNothingIsLost() throws IOException {
        int interrupted = 0;
        for (int at = 0; at < 2_000; at += 61) {
            FaultyDisk disk = new FaultyDisk(at, FaultyDisk.Fault.BEFORE);
            try (TraceLog log = open(disk)) {
                log.prune(Long.MAX_VALUE, archive);
            } catch (TraceException e) {
                interrupted++;
            }
            assertThat(verify("--archive", archive.toString(), folder.toString()))
                    .as(at + said)
                    .isZero();
            assertThat(said).as("at " + at).doesNotContain("taken out");
            open(Disk.REAL).close();
            assertThat(verify("--archive", archive.toString(), folder.toString()))
                    .as(at + said)
                    .isZero();
        }
        assertThat(interrupted).isGreaterThan(5);
        try (TraceLog log = open(Disk.REAL)) {
            assertThat(log.prune(Long.MAX_VALUE, archive)).isEqualTo(2 * FILE);
        }
        assertThat(verify(folder.toString())).isZero();
        assertThat(said).contains("entries 0 to 131071");
    }
}

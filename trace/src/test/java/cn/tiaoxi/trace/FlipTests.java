package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flips one bit of each kind of byte that a log consists of: it is found and named every time. */
class FlipTests {
    private static final int SIZE = 66_000;
    private static final NoteSigner SIGNER = NoteSigner.generate("test.example/flips");
    private static final Random CHANCE = new Random(5);
    @TempDir static Path folder;

    @BeforeAll
    static void fill() {
        try (TraceLog log = TraceLog.open(folder, SIGNER, TraceLog.Settings.DEFAULT)) {
            Records.append(log, SIZE);
        }
    }

    @AfterAll
    static void isSoundAgain() {
        assertThat(verify()).isInstanceOf(LogVerifier.Sound.class);
    }

    private static LogVerifier.Verdict verify() {
        return new LogVerifier(new FolderTileSource(folder), SIGNER.verifier()).verify();
    }

    /** Verifies with one bit flipped, and puts it back. */
    private static LogVerifier.Broken broken(Path file, int at, int bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) (1 << bit);
        Files.write(file, bytes);
        LogVerifier.Verdict verdict = verify();
        bytes[at] ^= (byte) (1 << bit);
        Files.write(file, bytes);
        String what = file + ", bit " + bit + " of byte " + at;
        assertThat(verdict).as(what).isInstanceOf(LogVerifier.Broken.class);
        return (LogVerifier.Broken) verdict;
    }

    /** The last entry of the partial bundle 257 is 65,999. */
    @ParameterizedTest
    @CsvSource({"000, 0", "100, 25600", "255, 65280", "256, 65536", "257.p/208, 65792"})
    void anyBitOfARecordOrOfItsLengthIsFound(String bundle, long first) throws IOException {
        Path file = folder.resolve("tile/entries/" + bundle);
        byte[] bytes = Files.readAllBytes(file);
        int count = bundle.contains(".p") ? 208 : 256;
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = Batch.lengthAt(bytes, at);
            if (i % 51 == 0) {
                LogVerifier.Broken found =
                        broken(file, at + 2 + CHANCE.nextInt(length), CHANCE.nextInt(8));
                assertThat(found.fault()).isEqualTo(LogVerifier.Fault.ENTRY_CHANGED);
                assertThat(found.place()).isEqualTo("tile/entries/" + bundle);
                assertThat(found.index()).isEqualTo(first + i);
                for (int lengthByte = 0; lengthByte < 2; lengthByte++) {
                    LogVerifier.Broken cut = broken(file, at + lengthByte, CHANCE.nextInt(8));
                    assertThat(cut.place()).isEqualTo("tile/entries/" + bundle);
                    assertThat(cut.index()).isBetween(first, first + i);
                }
            }
            at += Batch.cost(length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0/000, 0, 1",
        "0/128, 32768, 1",
        "0/256, 65536, 1",
        "0/257.p/208, 65792, 1",
        "1/000, 0, 256",
        "1/001.p/1, 65536, 256",
        "2/000.p/1, 0, 65536"
    })
    void anyBitOfATileIsFound(String tile, long first, int width) throws IOException {
        Path file = folder.resolve("tile/" + tile);
        int hashes = (int) Files.size(file) / Hash.BYTES;
        for (int i = 0; i < 12; i++) {
            int hash = CHANCE.nextInt(hashes);
            int at = hash * Hash.BYTES + CHANCE.nextInt(Hash.BYTES);
            LogVerifier.Broken found = broken(file, at, CHANCE.nextInt(8));
            assertThat(found.fault()).isEqualTo(LogVerifier.Fault.TILE_CHANGED);
            assertThat(found.place()).isEqualTo("tile/" + tile);
            assertThat(found.index()).isEqualTo(first + (long) hash * width);
        }
    }

    @Test
    void anyBitOfTheCheckpointAndItsSignatureIsFound() throws IOException {
        Path file = folder.resolve(Tile.CHECKPOINT);
        int length = (int) Files.size(file);
        assertThat(length).isGreaterThan(100);
        for (int at = 0; at < length; at++) {
            LogVerifier.Broken found = broken(file, at, CHANCE.nextInt(8));
            assertThat(found.fault()).isEqualTo(LogVerifier.Fault.CHECKPOINT_WRONG);
            assertThat(found.place()).isEqualTo(Tile.CHECKPOINT);
        }
    }

    @Test
    void anyBitOfTheKeyFileIsFound() throws IOException {
        Path file = folder.resolve(TraceLog.KEY_FILE);
        byte[] sound = Files.readAllBytes(file);
        int length = new String(sound, StandardCharsets.UTF_8).strip().length();
        for (int at = 0; at < length; at++) {
            byte[] bytes = sound.clone();
            bytes[at] ^= (byte) (1 << CHANCE.nextInt(7));
            Files.write(file, bytes);
            assertThatThrownBy(() -> TraceLog.open(folder, SIGNER, TraceLog.Settings.DEFAULT))
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            e ->
                                    assertThat(e.code())
                                            .isIn(
                                                    TraceException.Code.KEY_MISMATCH,
                                                    TraceException.Code.MALFORMED))
                    .hasMessageContaining(folder.toString());
        }
        Files.write(file, sound);
    }

    /**
     * A process that died with four commits ahead of the tiles, and a bit of an early one flips.
     */
    @Test
    void aBitOfADurableCommitAheadOfTheTilesIsNotTakenForATornOne(@TempDir Path temporary)
            throws IOException {
        Path dead = temporary.resolve("dead");
        TraceLog.Settings late = new TraceLog.Settings(Duration.ofHours(1), 1000, 1 << 20, 70_000);
        try (TraceLog log = TraceLog.open(temporary.resolve("alive"), SIGNER, late)) {
            for (int i = 0; i < 4; i++) {
                log.append(Records.record(i)).join();
            }
            copy(log.folder(), dead);
        }
        Path ahead = dead.resolve(".state/ahead.0");
        byte[] sound = Files.readAllBytes(ahead);
        int second = AheadFile.HEADER + AheadFile.FRAME_HEADER + 2 + Records.record(0).length;
        int fourth = second;
        for (int i = 1; i < 3; i++) {
            fourth += AheadFile.FRAME_HEADER + 2 + Records.record(i).length;
        }
        for (int at = AheadFile.HEADER; at < fourth; at++) {
            byte[] bytes = sound.clone();
            bytes[at] ^= (byte) (1 << CHANCE.nextInt(8));
            Files.write(ahead, bytes);
            assertThatThrownBy(() -> TraceLog.open(dead, SIGNER, late))
                    .as("byte " + at)
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            e -> assertThat(e.code()).isEqualTo(TraceException.Code.BROKEN))
                    .hasMessageContaining("ahead.0")
                    .hasMessageContaining(
                            "records "
                                    + (at < second
                                            ? 0
                                            : at < second + 22 + Records.record(1).length ? 1 : 2));
        }
        // Of the last commit nobody can say whether it was acknowledged: it is dropped, and told.
        byte[] bytes = sound.clone();
        bytes[fourth + AheadFile.FRAME_HEADER + 3] ^= 1;
        Files.write(ahead, bytes);
        try (TraceLog log = TraceLog.open(dead, SIGNER, late)) {
            assertThat(log.size()).isEqualTo(3);
            assertThat(log.recovery().records()).isEqualTo(3);
            assertThat(log.recovery().droppedBytes())
                    .isEqualTo(AheadFile.FRAME_HEADER + 2 + Records.record(3).length);
        }
        try (TraceLog log = TraceLog.open(dead, SIGNER, late)) {
            assertThat(log.recovery().isNothing()).isTrue();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : List.copyOf(all.toList())) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}

package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceLogTests {
    private final NoteSigner signer = NoteSigner.generate("test.example/log");
    @TempDir Path folder;

    private TraceLog open() {
        return TraceLog.open(folder, signer, Records.SMALL);
    }

    private TraceReader reader() {
        return new TraceReader(new FolderTileSource(folder), signer.verifier(), null);
    }

    @Test
    void readsBackWhatItAppendedBeforeAndAfterIntegrationAndOpening() throws Exception {
        for (int round = 0, size = 0; round < 6; round++) {
            try (TraceLog log = open()) {
                assertThat(log.size()).isEqualTo(size);
                Records.append(log, 333);
                size += 333;
                assertThat(log.size()).isEqualTo(size);
                checkAll(log, size);
                assertThat(log.integrate().size()).isEqualTo(size);
                checkAll(log, size);
            }
        }
        TraceReader reader = reader();
        assertThat(reader.refresh().size()).isEqualTo(6 * 333);
        reader.entries(0, 6 * 333)
                .forEachRemaining(e -> assertThat(e.data()).isEqualTo(Records.record(e.index())));
        for (long index = 0; index < 6 * 333; index += 97) {
            assertThat(reader.inclusion(index).verifies()).isTrue();
            assertThat(reader.inclusion(index).leaf()).isEqualTo(reader.read(index).hash());
        }
    }

    private static void checkAll(TraceLog log, int size) {
        List<Entry> entries = new ArrayList<>();
        log.entries(0).forEachRemaining(entries::add);
        assertThat(entries).hasSize(size);
        for (Entry entry : entries) {
            assertThat(entry.data()).isEqualTo(Records.record(entry.index()));
        }
        assertThat(log.read(size - 1)).isEqualTo(Records.record(size - 1));
    }

    @Test
    void everyCheckpointContinuesTheOneBefore() throws Exception {
        TraceReader reader = reader();
        try (TraceLog log = open()) {
            for (int i = 0; i < 40; i++) {
                Records.append(log, 1 + i * 7 % 50);
                log.integrate();
                assertThat(reader.refresh().size()).isEqualTo(log.size());
            }
        }
    }

    @Test
    void keepsPartialTilesUntilTheFullOneIsThere() throws Exception {
        try (TraceLog log = open()) {
            Records.append(log, 100);
            log.integrate();
            Records.append(log, 100);
            log.integrate();
            assertThat(folder.resolve("tile/0/000.p/100")).exists();
            assertThat(folder.resolve("tile/entries/000.p/200")).exists();
            Records.append(log, 56);
            log.integrate();
            assertThat(folder.resolve("tile/0/000")).hasSize(8192);
            assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
            assertThat(folder.resolve("tile/entries/000.p")).doesNotExist();
            assertThat(folder.resolve("tile/1/000.p/1")).hasSize(32);
        }
    }

    @Test
    void refusesASecondWriter() {
        try (TraceLog log = open()) {
            assertThat(log.size()).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            e -> assertThat(e.code()).isEqualTo(TraceException.Code.LOCKED));
        }
        open().close();
    }

    @Test
    void refusesAnotherKey() {
        open().close();
        NoteSigner stranger = NoteSigner.generate("test.example/log");
        assertThatThrownBy(() -> TraceLog.open(folder, stranger, Records.SMALL))
                .isInstanceOfSatisfying(
                        TraceException.class,
                        e -> assertThat(e.code()).isEqualTo(TraceException.Code.KEY_MISMATCH));
        open().close();
    }

    @Test
    void takesTheLongestAndTheEmptyRecordAndNoLongerOne() {
        try (TraceLog log = open()) {
            byte[] longest = new byte[TraceLog.MAX_RECORD_BYTES];
            longest[7] = 7;
            assertThat(log.append(longest).join()).isZero();
            assertThat(log.append(new byte[0]).join()).isEqualTo(1);
            assertThat(log.append(longest).join()).isEqualTo(2);
            assertThat(log.read(0)).isEqualTo(longest);
            assertThat(log.read(1)).isEmpty();
            failsWith(log, new byte[65_536], TraceException.Code.RECORD_TOO_LARGE);
        }
        try (TraceLog log = open()) {
            assertThat(log.size()).isEqualTo(3);
            assertThat(log.read(1)).isEmpty();
        }
    }

    @Test
    void refusesRecordsWhenClosed() {
        TraceLog log = open();
        log.close();
        log.close();
        failsWith(log, new byte[1], TraceException.Code.CLOSED);
    }

    @Test
    void holdsBackAppendersWhenTheQueueIsFull() {
        TraceLog.Settings tight = new TraceLog.Settings(Duration.ofMillis(1), 2, 1 << 20, 70_000);
        try (TraceLog log = TraceLog.open(folder, signer, tight)) {
            List<java.util.concurrent.CompletableFuture<Long>> tried = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                tried.add(log.tryAppend(Records.record(0)));
            }
            long refused =
                    tried.stream().filter(f -> f.handle((index, e) -> e != null).join()).count();
            assertThat(refused).isPositive();
            assertThat(log.size()).isEqualTo(20_000 - refused);
            Records.append(log, 0);
            for (int i = 0; i < 2000; i++) {
                log.append(Records.record(i));
            }
        }
        try (TraceLog log = TraceLog.open(folder, signer, tight)) {
            assertThat(log.size()).isGreaterThan(2000);
        }
    }

    @Test
    void changedFilesAreNoticedWhenOpening() throws Exception {
        try (TraceLog log = open()) {
            Records.append(log, 300);
        }
        Path bundle = folder.resolve("tile/entries/001.p/44");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[10] ^= 1;
        Files.write(bundle, bytes);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        TraceException.class,
                        e -> assertThat(e.code()).isEqualTo(TraceException.Code.BROKEN));
    }

    private static void failsWith(TraceLog log, byte[] bytes, TraceException.Code code) {
        assertThatThrownBy(() -> log.append(bytes).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

package cn.tiaoxi.platform.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.ArchivedTileSource;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import cn.tiaoxi.trace.TraceReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records older than the years to keep go to the archive, and stay provable. */
class RetentionTests {
    private static final int FILE = 65_536;
    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    private static final Instant OLD = Instant.parse("2027-05-31T23:00:00Z");

    @TempDir Path folder;

    @Test
    void old_records_are_archived_and_younger_ones_stay() throws Exception {
        NoteSigner signer = NoteSigner.generate("test.example/log");
        TraceArchive archive = new TraceArchive(folder.resolve("archive"));
        Path place = folder.resolve("log");
        try (LastingLog own =
                LastingLog.open(
                        () -> TraceLog.open(place, signer, TraceLog.Settings.DEFAULT),
                        new Unwatched())) {
            TraceLog log = own.log();
            append(log, FILE + 10, OLD);
            append(log, 300, NOW);
            log.integrate();
            assertThat(Retention.firstSince(log, NOW)).isEqualTo(FILE + 10);
            assertThat(Retention.firstSince(log, OLD)).isZero();
            Retention retention =
                    new Retention(
                            own,
                            archive,
                            new TraceProperties(List.of(), 3),
                            Clock.fixed(NOW, ZoneOffset.UTC));
            retention.archiveOld();
            retention.archiveOld();
            FolderTileSource files = new FolderTileSource(place);
            assertThat(files.pruned()).isEqualTo(FILE);
            TraceReader reader =
                    new TraceReader(
                            new ArchivedTileSource(files, archive.folder()),
                            signer.verifier(),
                            null);
            reader.refresh();
            assertThat(TraceRecord.fromBytes(reader.read(5).data()).time()).isEqualTo(OLD);
            assertThat(reader.inclusion(5).verifies()).isTrue();
        }
    }

    private static final class Unwatched implements LastingLog.Watcher {
        @Override
        public void opened(TraceLog log) {}

        @Override
        public void stopped(TraceException problem) {}
    }

    private static void append(TraceLog log, int count, Instant time) {
        CompletableFuture<Long> last = CompletableFuture.completedFuture(-1L);
        for (int i = 0; i < count; i++) {
            last =
                    log.append(
                            new TraceRecord(
                                            Integer.toString(i),
                                            time,
                                            TraceRecord.Kind.CHANGE,
                                            "system",
                                            "",
                                            "test",
                                            "log:test",
                                            "OK",
                                            Map.of())
                                    .toBytes());
        }
        last.join();
    }
}

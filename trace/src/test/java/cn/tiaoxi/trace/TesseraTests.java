package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log that transparency-dev/tessera publishes as test data, read and rebuilt by this library.
 */
class TesseraTests {
    private static final NoteVerifier KEY =
            NoteVerifier.parse(
                    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");

    @Test
    void everyCheckpointVerifiesAndContinuesTheOneBefore() throws Exception {
        Path log = PublicData.tlog().resolve("tessera-testdata-log");
        Set<String> fetched = new TreeSet<>();
        Checkpoint seen = null;
        for (int size = 0; size <= 15; size++) {
            String file = "checkpoint." + size;
            TileSource source =
                    path -> {
                        fetched.add(path);
                        return path.equals(Tile.CHECKPOINT)
                                ? read(log.resolve(file))
                                : new FolderTileSource(log).fetch(path);
                    };
            TraceReader reader = new TraceReader(source, KEY, seen);
            seen = reader.refresh();
            assertThat(seen.size()).isEqualTo(size);
            assertThat(new LogVerifier(source, KEY).verify()).isInstanceOf(LogVerifier.Sound.class);
            for (int i = 0; i < size; i++) {
                assertThat(reader.inclusion(i).verifies()).isTrue();
            }
        }
        assertThat(resources(log)).hasSizeGreaterThanOrEqualTo(30).isSubsetOf(fetched);
        assertThat(new LogVerifier(new FolderTileSource(log), KEY).verify())
                .isInstanceOf(LogVerifier.Sound.class);
    }

    @Test
    void theSameEntriesGiveTheSameFiles(@TempDir Path own) throws Exception {
        Path log = PublicData.tlog().resolve("tessera-testdata-log");
        NoteSigner signer = NoteSigner.generate(KEY.name());
        TraceReader reader = new TraceReader(new FolderTileSource(log), KEY, null);
        long size = reader.refresh().size();
        Iterator<Entry> entries = reader.entries(0, size);
        try (TraceLog written = TraceLog.open(own, signer, Records.SMALL)) {
            while (entries.hasNext()) {
                Entry entry = entries.next();
                written.append(entry.data()).join();
                Checkpoint checkpoint = written.integrate();
                byte[] published = Files.readAllBytes(log.resolve("checkpoint." + written.size()));
                assertThat(checkpoint).isEqualTo(Checkpoint.verified(published, KEY));
            }
        }
        for (String resource : resources(log)) {
            assertThat(own.resolve(resource)).hasSameBinaryContentAs(log.resolve(resource));
        }
    }

    /** All tiles and bundles in a folder. */
    private static List<String> resources(Path log) throws Exception {
        try (Stream<Path> files = Files.walk(log.resolve("tile"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> log.relativize(file).toString())
                    .toList();
        }
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

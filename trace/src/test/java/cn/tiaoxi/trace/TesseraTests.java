package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The log that transparency-dev/tessera publishes as test data, read and rebuilt by this library.
 */
class TesseraTests {
    private static final NoteVerifier KEY =
            NoteVerifier.parse(
                    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");

    @Test
    void everyCheckpointVerifiesAndContinuesTheOneBefore() {
        Path log = PublicData.tlog().resolve("tessera-testdata-log");
        Checkpoint seen = null;
        for (int size = 0; size <= 15; size++) {
            String file = "checkpoint." + size;
            TileSource source =
                    path ->
                            path.equals(Tile.CHECKPOINT)
                                    ? read(log.resolve(file))
                                    : new FolderTileSource(log).fetch(path);
            TraceReader reader = new TraceReader(source, KEY, seen);
            seen = reader.refresh();
            assertThat(seen.size()).isEqualTo(size);
            assertThat(new LogVerifier(source, KEY).verify()).isInstanceOf(LogVerifier.Sound.class);
            for (int i = 0; i < size; i++) {
                assertThat(reader.inclusion(i).verifies()).isTrue();
            }
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

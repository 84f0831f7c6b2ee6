package cn.tiaoxi.trace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Public test vectors that lie beside the project; tests that need them are skipped without. */
final class PublicData {
    private PublicData() {}

    static Path tlog() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path data = at.resolve("shared/data/tlog");
            if (Files.isDirectory(data)) {
                return data;
            }
            at = at.getParent();
        }
        assumeTrue(false, "the public vectors shared/data/tlog are not beside the project");
        throw new IllegalStateException();
    }
}

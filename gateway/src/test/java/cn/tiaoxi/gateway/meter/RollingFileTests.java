package cn.tiaoxi.gateway.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTests {
    @TempDir Path folder;

    @Test
    void files_are_bounded_in_size_and_number_and_the_newest_stays() throws Exception {
        Path path = folder.resolve("access.log");
        try (RollingFile file = new RollingFile(path, 100, 3)) {
            for (int i = 0; i < 100; i++) {
                file.write("line %03d of ten and more\n".formatted(i).getBytes());
            }
        }
        try (RollingFile again = new RollingFile(path, 100, 3)) {
            again.write("the last\n".getBytes());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("access.log", "access.log.1", "access.log.2");
        }
        assertThat(Files.size(path)).isLessThanOrEqualTo(100);
        assertThat(Files.readString(path)).endsWith("the last\n");
        assertThat(Files.size(folder.resolve("access.log.2"))).isLessThanOrEqualTo(100);
    }
}

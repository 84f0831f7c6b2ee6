package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of files: what a header asks for, and what is read. */
class ByteRangeTests {
    @TempDir Path folder;

    @Property(tries = 300)
    void a_range_lies_within_the_file_or_is_refused(
            @ForAll @IntRange(max = 30) int from,
            @ForAll @IntRange(max = 30) int to,
            @ForAll @IntRange(max = 20) int length) {
        String header = "bytes=" + from + "-" + to;
        if (to < from) {
            assertThat(ByteRange.of(header, null, "t", length).whole()).isTrue();
        } else if (from >= length) {
            assertThatThrownBy(() -> ByteRange.of(header, null, "t", length))
                    .hasMessageContaining("RANGE_NOT_SATISFIABLE");
        } else {
            assertThat(ByteRange.of(header, null, "t", length))
                    .isEqualTo(new ByteRange(from, Math.min(to + 1, length), false));
        }
    }

    @Test
    void every_part_of_a_file_is_what_was_written() throws Exception {
        byte[] key = ExportSeal.newKey();
        UUID id = UUID.randomUUID();
        byte[] bytes = new byte[2 * ExportSeal.PIECE + 5];
        new Random(7).nextBytes(bytes);
        ExportFolder exports = new ExportFolder(folder.resolve("exports"), 1 << 20);
        try (ExportWriter writer = new ExportWriter(exports, id, 1, key)) {
            for (int i = 0; i < bytes.length; i += 7_001) {
                writer.write(Arrays.copyOfRange(bytes, i, Math.min(i + 7_001, bytes.length)));
            }
            writer.finish();
        }
        int piece = ExportSeal.PIECE;
        for (int from : new int[] {0, 1, piece - 1, piece, 2 * piece, bytes.length - 1}) {
            for (int end : new int[] {1, piece, piece + 1, 2 * piece, bytes.length}) {
                if (from < end) {
                    assertThat(read(exports, id, 1, key, from, end))
                            .isEqualTo(Arrays.copyOfRange(bytes, from, end));
                }
            }
        }
        assertThat(exports.used()).isEqualTo(bytes.length + 3 * 16);
        assertThatThrownBy(() -> read(exports, id, 1, ExportSeal.newKey(), 0, 1))
                .hasMessageContaining("not what was written");
        assertThatThrownBy(() -> read(exports, id, 1, key, 0, bytes.length + 1))
                .hasMessageContaining("too short");
        Files.writeString(folder.resolve("exports/notes"), "not ours");
        exports.remove(id);
        assertThat(exports.used()).isZero();
        assertThat(folder.resolve("exports").toFile().list()).containsExactly("notes");
    }

    private static byte[] read(
            ExportFolder exports, UUID id, int attempt, byte[] key, long from, long end)
            throws Exception {
        var all = new java.io.ByteArrayOutputStream();
        try (ExportReader reader =
                new ExportReader(
                        exports.open(id, attempt), new ExportSeal(key, attempt), from, end)) {
            while (reader.hasNext()) {
                all.write(reader.next());
            }
        }
        return all.toByteArray();
    }

    @Test
    void a_file_that_does_not_fit_leaves_nothing() throws Exception {
        ExportFolder exports = new ExportFolder(folder.resolve("small"), 100_000);
        UUID id = UUID.randomUUID();
        try (ExportWriter writer = new ExportWriter(exports, id, 1, ExportSeal.newKey())) {
            assertThatThrownBy(() -> writer.write(new byte[200_000]))
                    .hasMessageContaining("EXPORT_STORE_FULL");
        }
        assertThat(exports.used()).isZero();
        assertThat(folder.resolve("small").toFile().list()).isEmpty();
    }
}

package cn.tiaoxi.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Files that a benchmark's programs need, with marks such as {@code @PORT@} filled in. */
final class Resources {
    private Resources() {}

    static void copy(String name, Path to, Map<String, String> marks) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, name).readAllBytes(),
                            StandardCharsets.UTF_8);
            for (var mark : marks.entrySet()) {
                text = text.replace("@" + mark.getKey() + "@", mark.getValue());
            }
            Files.writeString(to, text);
        }
    }
}

package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The public keys beside a log, {@link TraceLog#KEY_FILE}. */
final class LogKeyFile {
    private LogKeyFile() {}

    /** The key that a log belongs to; empty if it has none yet. */
    static Optional<NoteVerifier> kept(Path folder) {
        Path file = folder.resolve(TraceLog.KEY_FILE);
        return Files.exists(file) ? Optional.of(NoteVerifier.ofFile(file)) : Optional.empty();
    }

    /** Whether the log belongs to that key, or to none yet. */
    static boolean isFirst(Path folder, NoteVerifier key) {
        return kept(folder).map(NoteVerifier::vkey).orElse(key.vkey()).equals(key.vkey());
    }

    /** Puts these keys first and keeps those that were there. */
    static void keep(Disk disk, Path folder, Path state, List<NoteKey> keys) throws IOException {
        Path file = folder.resolve(TraceLog.KEY_FILE);
        List<String> before =
                Files.exists(file) ? Files.readString(file).strip().lines().toList() : List.of();
        Set<String> lines = new LinkedHashSet<>();
        keys.forEach(key -> lines.add(key.vkey()));
        lines.addAll(before);
        if (!before.equals(new ArrayList<>(lines))) {
            byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            Integrator.replace(disk, state.resolve("key.new"), folder, TraceLog.KEY_FILE, text);
        }
    }
}

package cn.tiaoxi.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The file that says where the serving database is; looked at again each second. */
final class ServingFile {
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;

    // Guarded by this.
    private @Nullable ServingSettings settings;
    private long lookedAt = System.nanoTime() - LOOK_EVERY_NANOS;

    ServingFile(Path file) {
        this.file = file;
    }

    /**
     * What it says.
     *
     * @throws IOException if it cannot be read or does not say where the database is
     */
    synchronized ServingSettings settings() throws IOException {
        ServingSettings present = settings;
        if (present != null && System.nanoTime() - lookedAt < LOOK_EVERY_NANOS) {
            return present;
        }
        lookedAt = System.nanoTime();
        ServingSettings read = ServingSettings.read(file);
        settings = read;
        return read;
    }
}

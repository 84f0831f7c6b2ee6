package cn.tiaoxi.platform.sharing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A signed policy to be sent to a gateway: what stands in memory, and a file behind it.
 *
 * @param start its first bytes, or all
 * @param rest the file with the rest, or null
 * @param bytes length of both
 */
public record PolicyAnswer(byte[] start, @Nullable Path rest, long bytes) {

    /** Opens the whole of it. */
    public InputStream open() throws IOException {
        InputStream first = new ByteArrayInputStream(start);
        return rest == null ? first : new SequenceInputStream(first, Files.newInputStream(rest));
    }
}

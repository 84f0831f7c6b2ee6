package cn.tiaoxi.lake.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text file as UTF-8, blank ones left out. A line that is too long is cut and said to be
 * so.
 */
final class LineReader implements Closeable {
    private final CountingInputStream counter;
    private final InputStream in;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long nextLine = 1;
    private long line;
    private boolean tooLong;

    private LineReader(CountingInputStream counter, InputStream in) {
        this.counter = counter;
        this.in = in;
    }

    static LineReader open(Path file, TextEncoding encoding) throws IOException {
        CountingInputStream counter = new CountingInputStream(Files.newInputStream(file));
        counter.skipNBytes(encoding.markLength());
        InputStream utf8 =
                encoding.isUtf8()
                        ? counter
                        : new TranscodingInputStream(counter, encoding.charset());
        return new LineReader(counter, new BufferedInputStream(utf8, 1 << 17));
    }

    /** The next line that is not blank, or null after the last. */
    byte @Nullable [] next() throws IOException {
        while (true) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            line = nextLine++;
            tooLong = false;
            text.reset();
            boolean blank = true;
            while (c >= 0 && c != '\n') {
                blank &= c <= ' ';
                if (text.size() < Records.MAX_LENGTH) {
                    text.write(c);
                } else {
                    tooLong = true;
                }
                c = in.read();
            }
            if (!blank) {
                return text.toByteArray();
            }
        }
    }

    /** The number of the line read last, from 1. */
    long line() {
        return line;
    }

    boolean isTooLong() {
        return tooLong;
    }

    long sourceBytes() {
        return counter.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

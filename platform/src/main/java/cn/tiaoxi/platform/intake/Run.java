package cn.tiaoxi.platform.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of a file in one thread while another takes them, some ahead at most, so that
 * memory does not grow with the file.
 */
final class Run {
    /** Rows of a chunk. A change would make chunks of imports under way other rows. */
    static final int CHUNK = 2_500;

    private static final int AHEAD = 3;
    private static final long WAIT_MILLIS = 200;

    private final Path file;
    private final Layout layout;
    private final boolean fillMerged;
    private final RowReader reader;
    private final BooleanSupplier stopped;
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);

    /** Takes the chunks in their order. */
    @FunctionalInterface
    interface Taker {
        void take(Chunk chunk) throws InterruptedException;
    }

    /** Marks the end of the file. */
    private static final Object END = new Object();

    /** The person or the platform asked to stop. */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private record Broken(Throwable cause) {}

    Run(Path file, Layout layout, boolean fillMerged, RowReader reader, BooleanSupplier stopped) {
        this.file = file;
        this.layout = layout;
        this.fillMerged = fillMerged;
        this.reader = reader;
        this.stopped = stopped;
    }

    /** The codes of all rows. */
    Twice codes() throws IOException {
        Twice codes = new Twice();
        if (reader.columnOf("code") == CellNote.ROW) {
            return codes;
        }
        try (RowSource source = RowSource.open(file, layout, fillMerged)) {
            SourceRow row;
            while ((row = source.next()) != null) {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                String code = layout.isData(row) ? reader.codeOf(row) : null;
                if (code != null) {
                    codes.add(code, row.number());
                }
            }
        }
        return codes;
    }

    /**
     * Gives all chunks of a round to a taker.
     *
     * @param only the rows of the round; null for all
     * @param from how many chunks are done already
     * @throws Stopped when asked to stop
     */
    void chunks(@Nullable Set<Long> only, int from, Taker taker) throws IOException {
        Thread reading =
                Thread.ofPlatform().name("import-reader").daemon().start(() -> read(only, from));
        try {
            while (true) {
                Object next = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                switch (next) {
                    case null -> {}
                    case Chunk chunk -> taker.take(chunk);
                    case Broken broken -> throw rethrown(broken.cause());
                    default -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        } finally {
            reading.interrupt();
            join(reading);
            queue.clear();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException rethrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case IOException e -> e;
            default -> new IOException(cause);
        };
    }

    private void read(@Nullable Set<Long> only, int from) {
        try {
            readAll(only, from);
            queue.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            try {
                queue.put(new Broken(e));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void readAll(@Nullable Set<Long> only, int from)
            throws IOException, InterruptedException {
        List<ReadyRow> rows = new ArrayList<>(CHUNK);
        int number = 0;
        int count = 0;
        try (RowSource source = RowSource.open(file, layout, fillMerged)) {
            SourceRow row;
            while ((row = source.next()) != null) {
                if (!layout.isData(row)
                        || only != null && !only.contains(row.number())
                        || Template.isExample(row)) {
                    continue;
                }
                count++;
                if (number >= from) {
                    rows.add(reader.read(row));
                }
                if (count == CHUNK) {
                    if (number >= from) {
                        queue.put(new Chunk(number, rows, source.bytes()));
                        rows = new ArrayList<>(CHUNK);
                    }
                    number++;
                    count = 0;
                }
            }
            if (count > 0 && number >= from) {
                queue.put(new Chunk(number, rows, source.bytes()));
            }
        }
    }
}

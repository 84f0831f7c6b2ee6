package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.upstream.BodyWriter;
import cn.tiaoxi.gateway.upstream.StreamedBody;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file on its way to a caller: at most one piece is read ahead of what the caller takes. Pieces
 * are read by threads that may block; everything else belongs to the caller's event loop.
 */
final class ExportBody implements StreamedBody {
    /** Keeps how it ended. */
    interface Keeper {
        /**
         * @param whole whether all that was asked for was passed on
         * @param bytes bytes that were passed on
         */
        CompletableFuture<?> keep(boolean whole, long bytes);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExportBody.class);

    private final ExportReader reader;
    private final EventExecutor loop;
    private final Executor threads;
    private final Runnable check;
    private final Keeper record;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable BodyWriter writer;
    private boolean reading;
    private boolean over;
    private boolean recorded;
    private long sent;

    /**
     * @param reader the part that was asked for, closed at the end
     * @param loop of the caller's connection
     * @param check throws if the file must not be passed on any more; asked before each piece
     * @param record keeps whether the part was passed on whole, and how many bytes of it; its last
     *     piece leaves after that
     */
    ExportBody(
            ExportReader reader,
            EventExecutor loop,
            Executor threads,
            Runnable check,
            Keeper record) {
        this.reader = reader;
        this.loop = loop;
        this.threads = threads;
        this.check = check;
        this.record = record;
    }

    @Override
    public void sendTo(BodyWriter to) {
        writer = to;
        resume();
    }

    @Override
    public void resume() {
        BodyWriter to = writer;
        if (to != null && !reading && !over && to.isWritable()) {
            reading = true;
            threads.execute(this::read);
        }
    }

    private void read() {
        try {
            check.run();
            byte[] piece = reader.hasNext() ? reader.next() : new byte[0];
            boolean last = !reader.hasNext();
            loop.execute(() -> pass(piece, last));
        } catch (RefusedException e) {
            LOG.info("A download ends: {}", e.getMessage());
            loop.execute(this::broken);
        } catch (IOException | RuntimeException e) {
            LOG.error("The file of an export cannot be read", e);
            loop.execute(this::broken);
        }
    }

    private void pass(byte[] piece, boolean last) {
        BodyWriter to = writer;
        if (over || to == null) {
            close();
        } else if (last) {
            recorded = true;
            record.keep(true, sent + piece.length)
                    .whenComplete(
                            (kept, failure) ->
                                    loop.execute(() -> finish(to, piece, failure == null)));
        } else {
            sent += piece.length;
            to.write(Unpooled.wrappedBuffer(piece));
            reading = false;
            resume();
        }
    }

    private void finish(BodyWriter to, byte[] piece, boolean kept) {
        close();
        if (over) {
            return;
        }
        over = true;
        if (kept) {
            to.write(Unpooled.wrappedBuffer(piece));
            to.end();
        } else {
            to.cut();
        }
    }

    private void broken() {
        BodyWriter to = writer;
        boolean first = !over;
        gone();
        close();
        if (first && to != null) {
            to.cut();
        }
    }

    @Override
    public void callerGone() {
        loop.execute(
                () -> {
                    boolean idle = !reading;
                    gone();
                    if (idle) {
                        close();
                    }
                });
    }

    private void gone() {
        if (!over) {
            over = true;
            if (!recorded) {
                record.keep(false, sent);
            }
        }
    }

    private void close() {
        try {
            reader.close();
        } catch (IOException e) {
            LOG.debug("A file did not close: {}", e.toString());
        }
        ended.complete(null);
    }

    @Override
    public void whenEnded(Runnable action) {
        ended.whenComplete((nothing, failure) -> action.run());
    }
}

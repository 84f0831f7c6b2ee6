package cn.tiaoxi.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose peer takes too long to send a request, to take its answer, or to come
 * back. One per connection, owned by its event loop; looks at the clock now and then, so that it
 * costs nothing per request.
 */
class SlowGuard extends ChannelDuplexHandler {
    private enum Stage {
        IDLE,
        READING,
        ANSWERING
    }

    private final Limits limits;
    private final AtomicLong closedForSlowness;
    private Stage stage = Stage.IDLE;
    private long since = System.nanoTime();
    private boolean readMeanwhile;
    private @Nullable Future<?> watch;

    SlowGuard(Limits limits, AtomicLong closedForSlowness) {
        this.limits = limits;
        this.closedForSlowness = closedForSlowness;
    }

    /** The request has been read whole. */
    void requestRead() {
        readMeanwhile = false;
        enter(Stage.ANSWERING);
    }

    /** The answer has been handed to the network whole; the next request may have begun. */
    void answered() {
        enter(readMeanwhile ? Stage.READING : Stage.IDLE);
    }

    /** A part of the answer has been taken by the network. */
    void progressed() {
        if (stage == Stage.ANSWERING) {
            since = System.nanoTime();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long every = limits.reading().toMillis() / 4 + 1;
        watch =
                context.executor()
                        .scheduleWithFixedDelay(
                                () -> look(context), every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Future<?> running = watch;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (stage == Stage.IDLE) {
            enter(Stage.READING);
        }
        readMeanwhile = stage == Stage.ANSWERING;
        context.fireChannelRead(message);
    }

    private void enter(Stage next) {
        stage = next;
        since = System.nanoTime();
    }

    private void look(ChannelHandlerContext context) {
        long allowed =
                switch (stage) {
                    case IDLE -> limits.idle().toNanos();
                    case READING -> limits.reading().toNanos();
                    case ANSWERING -> limits.answering().toNanos();
                };
        if (System.nanoTime() - since > allowed) {
            if (stage != Stage.IDLE) {
                closedForSlowness.incrementAndGet();
            }
            giveUp(context);
        }
    }

    /** Ends the connection. */
    void giveUp(ChannelHandlerContext context) {
        context.close();
    }
}

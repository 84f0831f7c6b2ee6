package cn.tiaoxi.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections of HTTP/2 that have had no stream for as long as a connection may be idle; pings
 * and the like do not count. Slow streams have their own {@link SlowGuard}. Owned by the
 * connection's event loop.
 */
final class IdleStreams extends ChannelInboundHandlerAdapter {
    private final Limits limits;
    private final Http2Connection connection;
    private long lastUsed = System.nanoTime();
    private int streams;
    private @Nullable Future<?> watch;

    IdleStreams(Limits limits, Http2Connection connection) {
        this.limits = limits;
        this.connection = connection;
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

    private void look(ChannelHandlerContext context) {
        int last = connection.remote().lastStreamCreated();
        if (connection.numActiveStreams() > 0 || last != streams) {
            streams = last;
            lastUsed = System.nanoTime();
        } else if (System.nanoTime() - lastUsed > limits.idle().toNanos()) {
            context.close();
        }
    }

    /** Nobody after this waits for the connection's own frames. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    /** What is wrong with the frames, the codec itself answers with the right code. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception)) {
            context.close();
        }
    }
}

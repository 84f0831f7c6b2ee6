package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a service: one request at a time, read only as fast as the answer is taken. Owned
 * by its event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private final Pool pool;
    private final Channel channel;
    private @Nullable Exchange exchange;
    private boolean headSeen;
    private boolean interim;
    private boolean reusable;
    private boolean used;
    private long idleSince;

    Connection(Pool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
    }

    void send(FullHttpRequest request, Exchange taker) {
        exchange = taker;
        headSeen = false;
        interim = false;
        channel.writeAndFlush(request, channel.voidPromise());
        channel.read();
    }

    /** Lets the next piece come. */
    void readMore() {
        channel.read();
    }

    /** Gives up: nothing more of the answer is wanted. */
    void abandon() {
        exchange = null;
        channel.close();
    }

    /** Waits in the pool; anything that comes meanwhile ends it. */
    void rest() {
        used = true;
        idleSince = System.nanoTime();
        channel.read();
    }

    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    /** Whether it had waited in the pool, so that the service may have been closing it. */
    boolean isStale() {
        return used;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (exchange == null) {
                channel.close();
            } else {
                take((HttpObject) message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(UpstreamException.invalid("HTTP"));
            return;
        }
        if (part instanceof HttpResponse head) {
            int status = head.status().code();
            interim = status >= 100 && status < 200 && status != 101;
            if (!interim) {
                headSeen = true;
                reusable = HttpUtil.isKeepAlive(head) && isFramed(head);
                taker().head(head);
            }
        }
        if (part instanceof HttpContent content && exchange != null) {
            if (!interim && content.content().isReadable()) {
                taker().piece(content.content());
            }
            if (content instanceof LastHttpContent && exchange != null && !interim) {
                complete();
            }
        }
    }

    private Exchange taker() {
        return java.util.Objects.requireNonNull(exchange);
    }

    private static boolean isFramed(HttpResponse head) {
        return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.isContentLengthSet(head);
    }

    private void complete() {
        Exchange taker = taker();
        exchange = null;
        pool.release(this, reusable);
        taker.complete();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange taker = exchange;
        if (taker == null) {
            return;
        }
        if (headSeen) {
            taker.pause();
        } else {
            channel.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        fail(
                headSeen
                        ? UpstreamException.invalid("closed early")
                        : UpstreamException.early(Refusal.UPSTREAM_UNREACHABLE, "closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(
                headSeen
                        ? UpstreamException.invalid("connection lost")
                        : UpstreamException.early(Refusal.UPSTREAM_UNREACHABLE, "connection lost"));
    }

    private void fail(UpstreamException failure) {
        Exchange taker = exchange;
        exchange = null;
        channel.close();
        if (taker != null) {
            taker.failed(failure);
        }
    }
}

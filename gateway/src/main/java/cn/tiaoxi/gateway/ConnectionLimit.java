package cn.tiaoxi.gateway;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Closes connections beyond the limit before anything is read from them, and counts them. */
@ChannelHandler.Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();

    ConnectionLimit(int most) {
        this.most = most;
    }

    int open() {
        return open.get();
    }

    long turnedAway() {
        return turnedAway.get();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > most) {
            turnedAway.incrementAndGet();
            context.close();
        } else {
            context.fireChannelActive();
        }
    }
}

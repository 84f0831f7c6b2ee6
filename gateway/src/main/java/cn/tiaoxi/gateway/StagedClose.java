package cn.tiaoxi.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection in stages (RFC 9112, section 9.6): says that nothing more comes, and throws
 * away what is still sent until the peer closes too, a second at most. A peer whose bytes meet a
 * closed socket might never see its answer.
 */
final class StagedClose extends ChannelDuplexHandler {
    private static final long PATIENCE_SECONDS = 1;

    private boolean closing;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        closing = true;
        context.channel().config().setAutoRead(true);
        ((SocketChannel) context.channel())
                .shutdownOutput()
                .addListener(
                        said ->
                                context.executor()
                                        .schedule(
                                                () -> context.close(promise),
                                                said.isSuccess() ? PATIENCE_SECONDS : 0,
                                                TimeUnit.SECONDS));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}

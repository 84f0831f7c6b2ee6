package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.upstream.BodyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes a body to a caller in pieces. Owned by the connection's event loop. */
final class StreamWriter implements BodyWriter {
    private final ChannelHandlerContext context;
    private final ChannelFutureListener progress;
    private final Runnable answered;
    private final boolean keepAlive;
    private final boolean framed;

    /**
     * @param framed whether the caller sees a body's end by its framing; otherwise by the end of
     *     the connection, which must look different if the body breaks off
     */
    StreamWriter(
            ChannelHandlerContext context,
            SlowGuard guard,
            Runnable answered,
            boolean keepAlive,
            boolean framed) {
        this.context = context;
        this.progress =
                written -> {
                    if (written.isSuccess()) {
                        guard.progressed();
                    }
                };
        this.answered = answered;
        this.keepAlive = keepAlive;
        this.framed = framed;
    }

    @Override
    public void write(ByteBuf piece) {
        context.writeAndFlush(new DefaultHttpContent(piece)).addListener(progress);
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public void end() {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(
                        written -> {
                            if (keepAlive && written.isSuccess()) {
                                answered.run();
                            } else {
                                context.close();
                            }
                        });
    }

    @Override
    public void cut() {
        if (!framed) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        // Not in stages: that would look like an orderly end.
        ChannelHandlerContext staged = context.pipeline().context(StagedClose.class);
        (staged == null ? context : staged).close();
    }
}

package cn.tiaoxi.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.1 by its first bytes (RFC 9113, section 3.3), sets
 * the pipeline up and goes. One per connection, owned by its event loop.
 */
abstract class PrefaceReader extends ByteToMessageDecoder {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    abstract void isHttp2(ChannelPipeline pipeline);

    abstract void isHttp1(ChannelPipeline pipeline);

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int there = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < there; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                isHttp1(context.pipeline());
                context.pipeline().remove(this);
                return;
            }
        }
        if (there == PREFACE.length) {
            isHttp2(context.pipeline());
            context.pipeline().remove(this);
        }
    }
}

package cn.tiaoxi.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a request together; one whose body is too large goes on as a failed one, to be refused. Who
 * asks before sending a body is told to go on only if it may come.
 */
final class RequestAggregator extends HttpObjectAggregator {

    RequestAggregator(int mostBytes) {
        super(mostBytes);
    }

    @Override
    protected @Nullable Object newContinueResponse(
            HttpMessage start, int mostBytes, ChannelPipeline to) {
        boolean fits =
                !HttpUtil.is100ContinueExpected(start)
                        || HttpUtil.getContentLength(start, -1L) <= mostBytes;
        return fits ? super.newContinueResponse(start, mostBytes, to) : null;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpRequest request = (HttpRequest) oversized;
        DefaultFullHttpRequest failed =
                new DefaultFullHttpRequest(
                        request.protocolVersion(),
                        request.method(),
                        request.uri(),
                        Unpooled.EMPTY_BUFFER);
        failed.headers().set(request.headers());
        failed.setDecoderResult(DecoderResult.failure(new TooLongHttpContentException("body")));
        context.fireChannelRead(failed);
    }
}

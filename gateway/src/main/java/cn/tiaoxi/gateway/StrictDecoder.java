package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Parses HTTP/1.1 and forgives nothing that leaves open where a request ends: after such a request
 * whatever else comes on the connection is thrown away. One per connection, owned by its event
 * loop.
 */
final class StrictDecoder extends HttpRequestDecoder {
    private final HeadLines lines = new HeadLines();
    private final AnswerEncoder encoder;
    private boolean inHead = true;
    private boolean spoilt;

    /**
     * @param encoder told the method of each request, so that it knows HEAD
     */
    StrictDecoder(int requestBytes, AnswerEncoder encoder) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(requestBytes)
                        .setMaxHeaderSize(requestBytes)
                        .setMaxChunkSize(8_192)
                        .setInitialBufferSize(512)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)
                        .setAllowDuplicateContentLengths(false)
                        .setValidateHeaders(true));
        this.encoder = encoder;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws Exception {
        if (spoilt) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int before = out.size();
        try {
            if (inHead && !lines.mayBeParsed(in)) {
                return;
            }
            super.decode(context, in, out);
            for (int i = before; i < out.size(); i++) {
                read((HttpObject) out.get(i));
            }
        } catch (RefusedException e) {
            in.skipBytes(in.readableBytes());
            spoil(before, out, e);
        }
    }

    private void read(HttpObject part) {
        if (part instanceof HttpRequest request) {
            if (part.decoderResult().isSuccess()) {
                HeadRules.check(request);
            } else {
                spoilt = true;
            }
            encoder.read(request.method());
            inHead = false;
        }
        if (part instanceof LastHttpContent) {
            spoilt |= part.decoderResult().isFailure();
            inHead = true;
            lines.reset();
        }
    }

    private void spoil(int before, List<Object> out, RefusedException reason) {
        spoilt = true;
        while (out.size() > before) {
            io.netty.util.ReferenceCountUtil.release(out.removeLast());
        }
        HttpRequest refused =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
        refused.setDecoderResult(DecoderResult.failure(reason));
        encoder.read(HttpMethod.GET);
        out.add(refused);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new RefusedException(Refusal.REQUEST_MALFORMED, "Transfer-Encoding");
    }
}

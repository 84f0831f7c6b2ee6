package cn.tiaoxi.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.Set;

/**
 * Resets streams whose head is malformed (RFC 9113, section 8.2 and 8.3), before it is taken for
 * one of HTTP/1.1: there it would mean something else. One per stream, owned by its event loop.
 */
final class StreamHead extends ChannelInboundHandlerAdapter {
    private static final int MOST_HEADERS = 100;
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    private final String scheme;
    private boolean begun;
    private boolean refused;

    StreamHead(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame frame && !refused) {
            refused = begun ? !isTrailer(frame) : !isRequest(frame.headers());
            begun = true;
            if (refused) {
                context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
            }
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isRequest(Http2Headers headers) {
        if (headers.size() > MOST_HEADERS || !hasPseudoHeaders(headers)) {
            return false;
        }
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            if (!isGood(header.getKey(), header.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** One of each, with the scheme of the connection and the host that {@code host} names too. */
    private boolean hasPseudoHeaders(Http2Headers headers) {
        CharSequence authority = headers.authority();
        CharSequence path = headers.path();
        if (headers.method() == null || path == null || path.isEmpty() || authority == null) {
            return false;
        }
        for (CharSequence host : headers.getAll("host")) {
            if (CharSequence.compare(host, authority) != 0) {
                return false;
            }
        }
        headers.remove("host");
        return scheme.contentEquals(String.valueOf(headers.scheme()))
                && isTarget(path)
                && headers.getAll("content-length").size() < 2;
    }

    private static boolean isTarget(CharSequence path) {
        for (int i = 0; i < path.length(); i++) {
            if (!HeadLines.isInTarget(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTrailer(Http2HeadersFrame frame) {
        if (!frame.isEndStream() || frame.headers().size() > MOST_HEADERS) {
            return false;
        }
        for (Map.Entry<CharSequence, CharSequence> header : frame.headers()) {
            if (header.getKey().charAt(0) == ':' || !isGood(header.getKey(), header.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGood(CharSequence name, CharSequence value) {
        if (!name.isEmpty() && name.charAt(0) == ':' && !PSEUDO.contains(name.toString())) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c > ' ' && c < 0x7f && (c < 'A' || c > 'Z') && (c != ':' || i == 0);
            if (!plain) {
                return false;
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        boolean spaced =
                !value.isEmpty()
                        && (isSpace(value.charAt(0)) || isSpace(value.charAt(value.length() - 1)));
        return !name.isEmpty() && !spaced;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}

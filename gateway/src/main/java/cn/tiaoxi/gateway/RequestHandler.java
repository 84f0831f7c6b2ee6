package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.gateway.upstream.StreamedBody;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each request of a connection to the calls and writes its answer: one at a time, in order.
 * Owned by the connection's event loop.
 */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final Routes routes;
    private final SlowGuard guard;
    private final Link link;
    private boolean busy;
    private @Nullable StreamedBody streaming;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>(2);

    /**
     * @param link the connection that the requests come on
     */
    RequestHandler(Routes routes, SlowGuard guard, Link link) {
        this.routes = routes;
        this.guard = guard;
        this.link = link;
    }

    /**
     * A further request that comes before the answer waits, and nothing is read until then. Those
     * who wait for their answers before they go on cost no switching of the reading.
     */
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (busy) {
            context.channel().config().setAutoRead(false);
            waiting.add(request.retain());
        } else {
            begin(context, request);
        }
    }

    private void begin(ChannelHandlerContext context, FullHttpRequest request) {
        busy = true;
        guard.requestRead();
        CompletableFuture<Answer> answer;
        boolean readable = true;
        Call call = call(context, request);
        try {
            answer = routes.answer(call, read(request));
        } catch (RefusedException e) {
            readable = false;
            answer = routes.refuse(call, e);
        } catch (RuntimeException e) {
            answer = routes.refuse(call, e);
        }
        boolean keepAlive = readable && mayStay(request);
        boolean framed = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
        answer.whenCompleteAsync(
                (found, failure) -> {
                    if (found == null) {
                        LOG.error("A request was not answered", failure);
                        context.close();
                    } else if (found.rest() != null) {
                        boolean stays = keepAlive && !routes.isClosing();
                        routes.answered(call);
                        stream(context, found, found.rest(), stays, framed);
                    } else {
                        write(context, call, found, keepAlive && !routes.isClosing());
                    }
                },
                context.executor());
    }

    /** Whether the connection may be used again: not by HTTP/1.0, nor after CONNECT. */
    private static boolean mayStay(FullHttpRequest request) {
        return HttpUtil.isKeepAlive(request)
                && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
                && !request.method().equals(HttpMethod.CONNECT);
    }

    private static Call call(ChannelHandlerContext context, FullHttpRequest request) {
        return new Call(
                Instant.now(),
                remote(context),
                Text.language(request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE)));
    }

    /**
     * The request as the checks see it.
     *
     * @throws RefusedException if it cannot be read; the connection is then closed
     */
    private CallRequest read(FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            throw undecoded(request);
        }
        HttpHeaders headers = request.headers();
        Addressed addressed = Addressed.of(request, link.scheme());
        RequestParts parts =
                new RequestParts(
                        request.method().name(),
                        link.scheme(),
                        addressed.authority(),
                        addressed.path(),
                        "?" + addressed.rawQuery(),
                        name -> joined(headers.getAll(name)));
        return new CallRequest(
                parts,
                addressed.rawQuery(),
                ByteBufUtil.getBytes(request.content()),
                link.certificate());
    }

    private static @Nullable String joined(List<String> values) {
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> String.join(", ", values);
        };
    }

    private static RefusedException undecoded(FullHttpRequest request) {
        return switch (request.decoderResult().cause()) {
            case RefusedException e -> e;
            case TooLongHttpLineException e when !request.headers().isEmpty() ->
                    new RefusedException(Refusal.REQUEST_TOO_LARGE, "chunk");
            case TooLongHttpLineException e ->
                    new RefusedException(Refusal.ADDRESS_TOO_LONG, "16 KB");
            case TooLongHttpHeaderException e ->
                    new RefusedException(Refusal.HEADERS_TOO_LARGE, "16 KB");
            case TooLongHttpContentException e ->
                    new RefusedException(Refusal.REQUEST_TOO_LARGE, "body");
            default -> new RefusedException(Refusal.REQUEST_MALFORMED, "HTTP");
        };
    }

    private static String remote(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }

    private void write(ChannelHandlerContext context, Call call, Answer answer, boolean keepAlive) {
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        setHeaders(headers, answer, keepAlive);
        routes.answered(call);
        context.writeAndFlush(response)
                .addListener(
                        written -> {
                            if (keepAlive && written.isSuccess()) {
                                answered(context);
                            }
                        })
                .addListener(
                        keepAlive
                                ? ChannelFutureListener.CLOSE_ON_FAILURE
                                : ChannelFutureListener.CLOSE);
    }

    private static void setHeaders(HttpHeaders headers, Answer answer, boolean keepAlive) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
    }

    /**
     * Begins an answer whose body comes in pieces.
     *
     * @param framed whether the caller knows chunks
     */
    private void stream(
            ChannelHandlerContext context,
            Answer answer,
            StreamedBody rest,
            boolean keepAlive,
            boolean framed) {
        if (!context.channel().isActive()) {
            rest.callerGone();
            return;
        }
        var response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        setHeaders(response.headers(), answer, keepAlive);
        boolean sized = response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        HttpUtil.setTransferEncodingChunked(response, framed && !sized);
        streaming = rest;
        context.write(response);
        rest.sendTo(
                new StreamWriter(
                        context, guard, () -> answered(context), keepAlive, framed || sized));
    }

    /** The caller takes more of a body again. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        StreamedBody rest = streaming;
        if (rest != null && context.channel().isWritable()) {
            rest.resume();
        }
        context.fireChannelWritabilityChanged();
    }

    private void answered(ChannelHandlerContext context) {
        busy = false;
        streaming = null;
        FullHttpRequest next = waiting.poll();
        if (next == null) {
            guard.answered();
            return;
        }
        try {
            begin(context, next);
        } finally {
            next.release();
        }
        if (waiting.isEmpty()) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        StreamedBody rest = streaming;
        if (rest != null) {
            rest.callerGone();
        }
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection ended: {}", cause.toString());
        context.close();
    }
}

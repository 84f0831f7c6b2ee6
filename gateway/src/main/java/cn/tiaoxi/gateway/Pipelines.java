package cn.tiaoxi.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts together what a connection goes through: TLS or none, then HTTP/1.1 or HTTP/2, then for each
 * request the same handler.
 */
final class Pipelines {
    private final Limits limits;
    private final Routes routes;
    private final ConnectionLimit connections;
    private final AtomicLong closedForSlowness = new AtomicLong();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder failedHandshakes = new LongAdder();
    private final ChannelGroup multiplexed =
            new DefaultChannelGroup("HTTP/2", GlobalEventExecutor.INSTANCE);

    Pipelines(Limits limits, Routes routes) {
        this.limits = limits;
        this.routes = routes;
        this.connections = new ConnectionLimit(limits.connections());
    }

    ConnectionLimit connections() {
        return connections;
    }

    AtomicLong closedForSlowness() {
        return closedForSlowness;
    }

    /** TLS handshakes that succeeded. */
    long handshakes() {
        return handshakes.sum();
    }

    /** TLS handshakes that did not. */
    long failedHandshakes() {
        return failedHandshakes.sum();
    }

    /** Tells the callers with HTTP/2 that no further requests are taken on their connections. */
    void goAway() {
        multiplexed.close();
    }

    /** For connections without TLS. */
    ChannelInitializer<SocketChannel> plain() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                SlowGuard guard = new SlowGuard(limits, closedForSlowness);
                pipeline.addLast(connections);
                pipeline.addLast(guard);
                pipeline.addLast(new StagedClose());
                pipeline.addLast(new PriorKnowledge(guard));
            }
        };
    }

    /** For connections with TLS. */
    ChannelInitializer<SocketChannel> secured(Tls tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                SslHandler handler = tls.context().newHandler(channel.alloc());
                handler.setHandshakeTimeout(limits.reading().toMillis(), TimeUnit.MILLISECONDS);
                pipeline.addLast(connections);
                pipeline.addLast(new StagedClose());
                pipeline.addLast(handler);
                pipeline.addLast(new Negotiated(handler));
            }
        };
    }

    /** Reads whether a connection without TLS begins as one of HTTP/2. */
    private final class PriorKnowledge extends PrefaceReader {
        private final SlowGuard guard;

        PriorKnowledge(SlowGuard guard) {
            this.guard = guard;
        }

        @Override
        void isHttp2(ChannelPipeline pipeline) {
            pipeline.remove(guard);
            http2(pipeline, Link.PLAIN);
        }

        @Override
        void isHttp1(ChannelPipeline pipeline) {
            http1(pipeline, guard, Link.PLAIN);
        }
    }

    /** Goes on with what was agreed on in the handshake (ALPN), HTTP/1.1 where nothing was. */
    private final class Negotiated extends ApplicationProtocolNegotiationHandler {
        private final SslHandler handler;

        Negotiated(SslHandler handler) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.handler = handler;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            handshakes.increment();
            Link link = Link.secured(handler.engine().getSession());
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                http2(context.pipeline(), link);
            } else {
                SlowGuard guard = new SlowGuard(limits, closedForSlowness);
                context.pipeline().addLast(guard);
                http1(context.pipeline(), guard, link);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            failedHandshakes.increment();
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void http1(ChannelPipeline pipeline, SlowGuard guard, Link link) {
        AnswerEncoder encoder = new AnswerEncoder();
        pipeline.addLast(new StrictDecoder(limits.requestBytes(), encoder));
        pipeline.addLast(encoder);
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(new RequestAggregator(limits.bodyBytes()));
        pipeline.addLast(new RequestHandler(routes, guard, link));
    }

    private void http2(ChannelPipeline pipeline, Link link) {
        Http2Frames frames = Http2Frames.make(limits);
        pipeline.addLast(frames.codec());
        pipeline.addLast(new Http2MultiplexHandler(new Streams(link)));
        pipeline.addLast(new IdleStreams(limits, frames.codec().connection()));
        multiplexed.add(pipeline.channel());
        if (routes.isClosing()) {
            pipeline.channel().close();
        }
    }

    /** Each stream is a channel with one request and its answer. */
    private final class Streams extends ChannelInitializer<Channel> {
        private final Link link;

        Streams(Link link) {
            this.link = link;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(Channel stream) {
            SlowGuard guard = new StreamGuard(limits, closedForSlowness);
            ChannelPipeline pipeline = stream.pipeline();
            pipeline.addLast(guard);
            pipeline.addLast(new StreamHead(link.scheme()));
            pipeline.addLast(new Http2StreamFrameToHttpObjectCodec(true));
            pipeline.addLast(new RequestAggregator(limits.bodyBytes()));
            pipeline.addLast(new RequestHandler(routes, guard, link));
        }
    }

    /** Ends a slow stream, with what of its answer still waits for the peer's window. */
    private static final class StreamGuard extends SlowGuard {
        StreamGuard(Limits limits, AtomicLong closedForSlowness) {
            super(limits, closedForSlowness);
        }

        @Override
        void giveUp(ChannelHandlerContext context) {
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
            context.close();
        }
    }
}

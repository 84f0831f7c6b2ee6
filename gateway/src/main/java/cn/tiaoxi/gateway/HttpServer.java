package cn.tiaoxi.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Listens for HTTP/1.1, with bounds on size, number and time of everything. */
final class HttpServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Limits limits;
    private final Routes routes;
    private final ConnectionLimit connections;
    private final AtomicLong closedForSlowness = new AtomicLong();
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listening;

    HttpServer(String host, int port, Limits limits, Routes routes) {
        this.limits = limits;
        this.routes = routes;
        this.connections = new ConnectionLimit(limits.connections());
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        Math.max(2, Runtime.getRuntime().availableProcessors() / 2),
                        new DefaultThreadFactory("gateway", true),
                        NioIoHandler.newFactory());
        this.listening =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new Connections())
                        .bind(host, port)
                        .syncUninterruptibly()
                        .channel();
    }

    private final class Connections extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            SlowGuard guard = new SlowGuard(limits, closedForSlowness);
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(connections);
            pipeline.addLast(guard);
            pipeline.addLast(new StagedClose());
            AnswerEncoder encoder = new AnswerEncoder();
            pipeline.addLast(new StrictDecoder(limits.requestBytes(), encoder));
            pipeline.addLast(encoder);
            pipeline.addLast(new FlowControlHandler());
            pipeline.addLast(new RequestAggregator(limits.requestBytes()));
            pipeline.addLast(new RequestHandler(routes, guard, "http"));
        }
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    int openConnections() {
        return connections.open();
    }

    /** Connections that were closed because there were too many. */
    long turnedAway() {
        return connections.turnedAway();
    }

    /** Connections that were closed because their peer was too slow. */
    long closedForSlowness() {
        return closedForSlowness.get();
    }

    /** Takes no more connections and lets what is under way finish within ten seconds. */
    void drain() {
        listening.close().syncUninterruptibly();
        routes.beginClosing();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (routes.underWay() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Drains and ends. Connections to the database that its loops hold must be closed before. */
    @Override
    public void close() {
        drain();
        loops.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}

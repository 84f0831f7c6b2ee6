package cn.tiaoxi.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens for HTTP/1.1 and HTTP/2, with and without TLS, with bounds on size, number and time of
 * everything.
 */
final class HttpServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Routes routes;
    private final Pipelines pipelines;
    private final MultiThreadIoEventLoopGroup loops;
    private final List<Channel> listening = new ArrayList<>();

    HttpServer(Limits limits, Routes routes) {
        this.routes = routes;
        this.pipelines = new Pipelines(limits, routes);
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        Math.max(2, Runtime.getRuntime().availableProcessors() / 2),
                        new DefaultThreadFactory("gateway", true),
                        NioIoHandler.newFactory());
    }

    /** Listens without TLS, and returns the port. */
    int listen(String host, int port) {
        return listen(host, port, pipelines.plain());
    }

    /** Listens with TLS, and returns the port. */
    int listen(String host, int port, Tls tls) {
        return listen(host, port, pipelines.secured(tls));
    }

    private int listen(String host, int port, ChannelInitializer<SocketChannel> connections) {
        Channel channel =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(connections)
                        .bind(host, port)
                        .syncUninterruptibly()
                        .channel();
        listening.add(channel);
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    int openConnections() {
        return pipelines.connections().open();
    }

    /** Connections that were closed because there were too many. */
    long turnedAway() {
        return pipelines.connections().turnedAway();
    }

    /** Connections that were closed because their peer was too slow. */
    long closedForSlowness() {
        return pipelines.closedForSlowness().get();
    }

    /** TLS handshakes that succeeded. */
    long handshakes() {
        return pipelines.handshakes();
    }

    /** TLS handshakes that did not. */
    long failedHandshakes() {
        return pipelines.failedHandshakes();
    }

    /** Takes no more connections and lets what is under way finish within ten seconds. */
    void drain() {
        listening.forEach(each -> each.close().syncUninterruptibly());
        routes.beginClosing();
        pipelines.goAway();
        finishTasks();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (routes.underWay() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /**
     * Waits until each loop has done what it was told so far: a loop that ends closes its
     * connections before it looks at its tasks, and nobody would be told to go away.
     */
    private void finishTasks() {
        for (EventExecutor loop : loops) {
            if (!loop.isShuttingDown()) {
                loop.submit(() -> {}).syncUninterruptibly();
            }
        }
    }

    /** Drains and ends. Connections to the database that its loops hold must be closed before. */
    @Override
    public void close() {
        drain();
        loops.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}

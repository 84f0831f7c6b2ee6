package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.Refusal;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one service. Owned by the loop. */
final class Pool {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A request that must not be sent twice takes no connection that may just be closing. */
    private static final long IDLE_ONCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int HEAD_BYTES = 32_768;
    private static final int PIECE_BYTES = 65_536;

    private final Upstream upstream;
    private final EventLoop loop;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private int turn;
    private boolean sweeping;

    Pool(Upstream upstream, EventLoop loop) {
        this.upstream = upstream;
        this.loop = loop;
    }

    /** Gives the exchange a connection, at once if one is idle. */
    void connect(Exchange exchange, boolean fresh) {
        Connection waiting = fresh ? null : waiting();
        if (waiting != null) {
            exchange.connected(waiting);
            return;
        }
        upstream.addresses()
                .whenComplete(
                        (addresses, failure) -> {
                            if (loop.inEventLoop()) {
                                open(exchange, addresses, failure);
                            } else {
                                loop.execute(() -> open(exchange, addresses, failure));
                            }
                        });
    }

    private @Nullable Connection waiting() {
        long longest = upstream.service().isIdempotent() ? IDLE_NANOS : IDLE_ONCE_NANOS;
        while (true) {
            Connection connection = idle.pollLast();
            if (connection == null) {
                return null;
            }
            if (connection.isOpen() && connection.idleNanos() < longest) {
                return connection;
            }
            connection.close();
        }
    }

    private void open(
            Exchange exchange, @Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses == null) {
            exchange.failed(known(failure));
            return;
        }
        InetAddress address = addresses.get(Math.floorMod(turn++, addresses.size()));
        HttpUpstream service = upstream.service();
        ChannelFuture connecting =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, service.times().connect())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new Pipeline())
                        .connect(new InetSocketAddress(address, service.port()));
        connecting.addListener(done -> opened(exchange, connecting));
    }

    private void opened(Exchange exchange, ChannelFuture connecting) {
        if (!connecting.isSuccess()) {
            exchange.failed(unreachable(connecting.cause()));
            return;
        }
        Channel channel = connecting.channel();
        Connection connection = channel.pipeline().get(Connection.class);
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            exchange.connected(connection);
            return;
        }
        channel.read();
        tls.handshakeFuture()
                .addListener(
                        shaken -> {
                            if (shaken.isSuccess()) {
                                exchange.connected(connection);
                            } else {
                                channel.close();
                                exchange.failed(
                                        UpstreamException.early(
                                                Refusal.UPSTREAM_UNREACHABLE, "TLS"));
                            }
                        });
    }

    private static UpstreamException unreachable(Throwable cause) {
        if (cause instanceof io.netty.channel.ConnectTimeoutException) {
            return UpstreamException.early(Refusal.UPSTREAM_TIMEOUT, "connect");
        }
        return UpstreamException.early(
                Refusal.UPSTREAM_UNREACHABLE,
                cause instanceof ConnectException ? "connection refused" : "connect");
    }

    private static UpstreamException known(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof UpstreamException upstream
                ? upstream
                : UpstreamException.early(Refusal.UPSTREAM_UNREACHABLE, "name");
    }

    private final class Pipeline extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (upstream.service().isSecure()) {
                channel.pipeline().addLast(upstream.tls(channel.alloc()));
            }
            channel.pipeline()
                    .addLast(
                            new HttpClientCodec(
                                    new HttpDecoderConfig()
                                            .setMaxInitialLineLength(4_096)
                                            .setMaxHeaderSize(HEAD_BYTES)
                                            .setMaxChunkSize(PIECE_BYTES),
                                    false,
                                    false));
            channel.pipeline().addLast(new Connection(Pool.this, channel));
        }
    }

    /** Takes a connection back after an answer. */
    void release(Connection connection, boolean reusable) {
        if (!reusable || upstream.isRetired() || idle.size() >= upstream.service().connections()) {
            connection.close();
            return;
        }
        idle.addLast(connection);
        connection.rest();
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, 10, TimeUnit.SECONDS);
        }
    }

    void forget(Connection connection) {
        idle.remove(connection);
    }

    private void sweep() {
        idle.stream()
                .filter(c -> upstream.isRetired() || c.idleNanos() >= IDLE_NANOS)
                .toList()
                .forEach(Connection::close);
        sweeping = !idle.isEmpty();
        if (sweeping) {
            loop.schedule(this::sweep, 10, TimeUnit.SECONDS);
        }
    }

    void closeIdle() {
        loop.execute(() -> List.copyOf(idle).forEach(Connection::close));
    }
}

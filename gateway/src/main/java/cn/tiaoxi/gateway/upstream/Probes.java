package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks services how they are, from a loop of its own. */
final class Probes implements AutoCloseable {
    /** So many failures in a row stop the calls. */
    private static final int FAILURES = 3;

    private static final long LOOK_MILLIS = 500;

    private final Map<String, Upstream> upstreams;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;

    /** Owned by the loop. */
    private final Map<Upstream, Turn> turns = new IdentityHashMap<>();

    Probes(Map<String, Upstream> upstreams) {
        this.upstreams = upstreams;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("probes", true), NioIoHandler.newFactory());
        this.loop = (EventLoop) group.next();
        loop.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        turns.keySet().removeIf(Upstream::isRetired);
        for (Upstream upstream : List.copyOf(upstreams.values())) {
            HttpUpstream.Probe probe = upstream.service().probe();
            if (probe != null) {
                turns.computeIfAbsent(upstream, Turn::new).take(probe);
            }
        }
    }

    /** The probes of one service, one after the other. */
    private final class Turn implements Exchange {
        private final Upstream upstream;
        private long next = System.nanoTime();
        private boolean underWay;
        private int failures;
        private @Nullable Connection connection;
        private @Nullable ScheduledFuture<?> patience;

        Turn(Upstream upstream) {
            this.upstream = upstream;
        }

        void take(HttpUpstream.Probe probe) {
            long now = System.nanoTime();
            if (underWay || now - next < 0) {
                return;
            }
            underWay = true;
            next = now + TimeUnit.SECONDS.toNanos(probe.everySeconds());
            upstream.pool(loop).connect(this, true);
        }

        @Override
        public void connected(Connection made) {
            HttpUpstream.Probe probe = upstream.service().probe();
            if (probe == null) {
                underWay = false;
                made.close();
                return;
            }
            connection = made;
            patience =
                    loop.schedule(
                            () -> found(false),
                            upstream.service().times().firstByte(),
                            TimeUnit.MILLISECONDS);
            made.send(ServiceRequest.probe(upstream.service(), probe.path()).message(), this);
        }

        @Override
        public void head(HttpResponse head) {
            found(head.status().code() >= 200 && head.status().code() < 300);
        }

        @Override
        public void piece(ByteBuf piece) {
            // The head has said it all.
        }

        @Override
        public void pause() {
            // The head has said it all.
        }

        @Override
        public void complete() {
            // The head has said it all.
        }

        @Override
        public void failed(UpstreamException failure) {
            found(false);
        }

        private void found(boolean healthy) {
            ScheduledFuture<?> timer = patience;
            if (timer != null) {
                timer.cancel(false);
            }
            Connection from = connection;
            connection = null;
            if (from != null) {
                from.abandon();
            }
            if (!underWay) {
                return;
            }
            underWay = false;
            failures = healthy ? 0 : failures + 1;
            upstream.probed(healthy, failures >= FAILURES);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1_000, TimeUnit.MILLISECONDS);
    }
}

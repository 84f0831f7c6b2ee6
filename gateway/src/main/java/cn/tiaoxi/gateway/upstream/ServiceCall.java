package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.gateway.filter.AnswerFilter;
import cn.tiaoxi.gateway.filter.BrokenAnswerException;
import cn.tiaoxi.gateway.filter.FieldRules;
import cn.tiaoxi.gateway.filter.SubjectReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service: its tries, its limits, its answer filtered. An answer up to the bound is
 * held and given whole; of a longer one the beginning is held until it may leave, and then each
 * piece is read only when the caller has taken the one before. Owned by the caller's event loop.
 */
final class ServiceCall implements Exchange {
    private static final int PAUSE_MILLIS = 20;

    private enum Phase {
        /** Nothing of the answer is decided on. */
        HOLDING,
        /** The answer is longer; nothing leaves yet. */
        WAITING,
        STREAMING,
        /** Nothing more is taken; what is left is to say so. */
        ENDED
    }

    private final Upstream upstream;
    private final HttpUpstream service;
    private final ServiceRequest request;
    private final EventLoop loop;
    private final int bound;
    private final AnswerFilter filter;
    private final @Nullable SubjectReader subjects;
    private final BodyHash hash = new BodyHash();
    private final CompletableFuture<UpstreamAnswer> answer = new CompletableFuture<>();
    private final ServiceBody stream;
    private final ByteBufAllocator buffers = ByteBufAllocator.DEFAULT;
    private ByteBuf held = buffers.buffer(1_024);

    private Phase phase = Phase.HOLDING;
    private boolean trying;
    private int triesLeft;
    private long taken;
    private @Nullable Connection connection;
    private @Nullable ScheduledFuture<?> whole;
    private @Nullable ScheduledFuture<?> firstByte;
    private @Nullable BodyWriter writer;
    private @Nullable UpstreamException fault;
    private boolean closed;

    /**
     * @param subjects reads whose records the answer holds, or null
     * @param bound most bytes that are given whole
     */
    ServiceCall(
            Upstream upstream,
            ServiceRequest request,
            FieldRules rules,
            @Nullable SubjectReader subjects,
            EventLoop loop,
            int bound) {
        this.upstream = upstream;
        this.service = upstream.service();
        this.request = request;
        this.loop = loop;
        this.bound = bound;
        this.stream = new ServiceBody(this, loop);
        this.triesLeft = service.tries();
        this.filter = AnswerFilter.of(service.format(), rules);
        this.subjects = subjects;
    }

    /**
     * Makes the call.
     *
     * @return completes on the event loop; fails with an {@link UpstreamException}
     */
    CompletableFuture<UpstreamAnswer> start() {
        try {
            trying = upstream.admit();
        } catch (UpstreamException e) {
            phase = Phase.ENDED;
            held.release();
            return CompletableFuture.failedFuture(e);
        }
        whole =
                loop.schedule(
                        () -> fail(UpstreamException.of(Refusal.UPSTREAM_TIMEOUT, "whole answer")),
                        service.times().whole(),
                        TimeUnit.MILLISECONDS);
        attempt(false);
        return answer;
    }

    private void attempt(boolean fresh) {
        triesLeft--;
        upstream.pool(loop).connect(this, fresh);
    }

    @Override
    public void connected(Connection made) {
        if (phase == Phase.ENDED) {
            made.close();
            return;
        }
        connection = made;
        firstByte =
                loop.schedule(this::tooLate, service.times().firstByte(), TimeUnit.MILLISECONDS);
        made.send(request.message(), this);
    }

    private void tooLate() {
        failed(UpstreamException.early(Refusal.UPSTREAM_TIMEOUT, "first byte"));
    }

    @Override
    public void head(HttpResponse head) {
        cancel(firstByte);
        try {
            HeadCheck.check(service, head);
        } catch (UpstreamException e) {
            failed(e);
        }
    }

    @Override
    public void piece(ByteBuf piece) {
        taken += piece.readableBytes();
        if (taken > service.mostBytes()) {
            fail(HeadCheck.tooLarge(service));
            return;
        }
        if (subjects != null) {
            subjects.accept(piece.duplicate());
        }
        try {
            if (phase == Phase.STREAMING) {
                ByteBuf out = buffers.buffer(piece.readableBytes() + 64);
                try {
                    filter.accept(piece, out);
                } finally {
                    send(out);
                }
            } else {
                filter.accept(piece, held);
                if (phase == Phase.HOLDING && held.readableBytes() > bound) {
                    phase = Phase.WAITING;
                    answer.complete(
                            new UpstreamAnswer(
                                    HeadCheck.contentType(service.format()), null, null, stream));
                }
            }
        } catch (BrokenAnswerException e) {
            fail(UpstreamException.invalid(e.fault() + " " + e.position()));
        }
    }

    private void send(ByteBuf out) {
        BodyWriter to = writer;
        if (to == null || !out.isReadable()) {
            out.release();
        } else {
            hash.add(out);
            to.write(out);
        }
    }

    @Override
    public void pause() {
        BodyWriter to = writer;
        boolean free =
                phase == Phase.HOLDING || phase == Phase.STREAMING && to != null && to.isWritable();
        Connection from = connection;
        if (free && from != null) {
            from.readMore();
        }
    }

    @Override
    public void complete() {
        connection = null;
        if (subjects != null) {
            subjects.end();
        }
        try {
            filter.end(held);
        } catch (BrokenAnswerException e) {
            fail(UpstreamException.invalid(e.fault() + " " + e.position()));
            return;
        }
        Phase before = phase;
        finish(null);
        if (before == Phase.HOLDING) {
            hash.add(held);
            byte[] body = ByteBufUtil.getBytes(held);
            held.release();
            answer.complete(
                    new UpstreamAnswer(
                            HeadCheck.contentType(service.format()),
                            body,
                            ending(Ending.How.COMPLETE),
                            null));
        } else if (before == Phase.STREAMING) {
            send(held);
            close(Ending.How.COMPLETE);
        }
    }

    @Override
    public void failed(UpstreamException failure) {
        cancel(firstByte);
        Connection from = connection;
        if (phase != Phase.HOLDING || !failure.isEarly()) {
            fail(failure);
        } else if (from != null && from.isStale() && service.isIdempotent()) {
            abandon();
            triesLeft++;
            attempt(true);
        } else if (triesLeft > 0) {
            abandon();
            loop.schedule(this::again, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            fail(failure);
        }
    }

    private void again() {
        if (phase == Phase.HOLDING) {
            attempt(true);
        }
    }

    private void fail(UpstreamException failure) {
        if (phase == Phase.ENDED) {
            return;
        }
        abandon();
        Phase before = phase;
        finish(failure);
        if (before == Phase.HOLDING) {
            held.release();
            answer.completeExceptionally(new FailedCall(failure, filter.report(), taken));
        } else if (before == Phase.STREAMING) {
            held.release();
            close(Ending.How.BROKEN);
        }
    }

    private void abandon() {
        Connection from = connection;
        connection = null;
        if (from != null) {
            from.abandon();
        }
    }

    /** Nothing more is taken from the service. */
    private void finish(@Nullable UpstreamException failure) {
        phase = Phase.ENDED;
        fault = failure;
        cancel(whole);
        cancel(firstByte);
        upstream.ended(trying, failure);
    }

    private Ending ending(Ending.How how) {
        return new Ending(how, fault, hash.bytes(), hash.sha256(), taken, filter.report());
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** The beginning may leave, and what follows. */
    void sendTo(BodyWriter to) {
        writer = to;
        if (phase == Phase.WAITING) {
            phase = Phase.STREAMING;
            send(held);
            held = buffers.buffer(64);
            pause();
        } else if (fault == null) {
            send(held);
            close(Ending.How.COMPLETE);
        } else {
            held.release();
            close(Ending.How.BROKEN);
        }
    }

    /** The end leaves once it is kept; a break is shown at once. */
    private void close(Ending.How how) {
        closed = true;
        BodyWriter to = writer;
        CompletableFuture<?> kept = stream.keep(ending(how));
        if (to == null) {
            return;
        }
        if (how == Ending.How.BROKEN) {
            to.cut();
            return;
        }
        kept.whenCompleteAsync(
                (done, failure) -> {
                    if (failure == null) {
                        to.end();
                    } else {
                        to.cut();
                    }
                },
                loop);
    }

    void resume() {
        if (phase == Phase.STREAMING) {
            pause();
        }
    }

    void callerGone() {
        if (closed) {
            return;
        }
        if (phase != Phase.ENDED) {
            abandon();
            phase = Phase.ENDED;
            cancel(whole);
            upstream.undecided(trying);
        }
        held.release();
        writer = null;
        close(Ending.How.CALLER_GONE);
    }
}

package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Refusal;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes through a gateway. Each event loop counts by itself, without locks; who wants
 * the figures asks the loop to hand over what it has and to begin anew.
 */
public final class Meter implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 200;

    private final @Nullable AccessLog accessLog;
    private final @Nullable Spans spans;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<Lane> lane =
            new FastThreadLocal<>() {
                @Override
                protected Lane initialValue() {
                    EventExecutor loop = ThreadExecutorMap.currentExecutor();
                    Lane made = new Lane(Objects.requireNonNull(loop, "event loops count"));
                    lanes.add(made);
                    return made;
                }
            };

    // Guarded by this.
    private final Tally total = new Tally();
    private Tally unsent = new Tally();

    /** Watches as the settings say. */
    public Meter(MeterSettings settings, String gateway) {
        this.accessLog = AccessLog.of(settings);
        this.spans = settings.traces() == null ? null : Spans.of(settings, gateway);
    }

    /**
     * A request begins.
     *
     * @param traceparent of the caller's trace, or null
     * @param tracestate of the caller's trace, or null
     */
    public void begins(Passage call, @Nullable String traceparent, @Nullable String tracestate) {
        Spans traced = spans;
        if (traced != null) {
            call.spanned(traced.begin(call, traceparent, tracestate));
        }
    }

    /** A request has its answer. Called by the event loop that gives it. */
    public void answered(Passage call) {
        call.reached(Stage.ANSWERED);
        if (!call.isCall()) {
            return;
        }
        lane.get().counting.add(call);
        AccessLog log = accessLog;
        if (log != null) {
            log.offer(call);
        }
        Spans.Span span = call.span();
        if (span != null) {
            span.end(call);
        }
    }

    /** What one event loop counts; owned by it until it is handed over. */
    private static final class Lane {
        private final EventExecutor loop;
        private Tally counting = new Tally();

        /** What was asked for and has not come; guarded by the meter. */
        private @Nullable Future<Tally> asked;

        private Lane(EventExecutor loop) {
            this.loop = loop;
        }

        private Tally handOver() {
            Tally full = counting;
            counting = new Tally();
            return full;
        }
    }

    /**
     * Collects what the loops have counted. One that is too busy to answer is asked again later.
     */
    private synchronized void collect() {
        try {
            for (Lane each : lanes) {
                if (each.asked == null) {
                    each.asked = each.loop.submit(each::handOver);
                }
            }
            for (Lane each : lanes) {
                take(each);
            }
        } catch (RejectedExecutionException e) { // The loops have ended.
            return;
        }
    }

    private void take(Lane each) {
        Future<Tally> asked = each.asked;
        if (asked == null) {
            return;
        }
        try {
            Tally counted = asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            total.add(counted);
            unsent.add(counted);
            each.asked = null;
        } catch (TimeoutException e) {
            return; // It keeps its figures until then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            each.asked = null;
        }
    }

    /** What was counted since this was last called. */
    synchronized Tally unsent() {
        collect();
        Tally taken = unsent;
        unsent = new Tally();
        return taken;
    }

    /** Reads all that was counted since the start. */
    synchronized <T> T totals(java.util.function.Function<Tally, T> reader) {
        collect();
        return reader.apply(total);
    }

    /** Calls that were refused for that reason since the start. */
    public long refused(Refusal refusal) {
        return totals(all -> all.refused(refusal));
    }

    /** Lines of the access log. */
    AccessLog.@Nullable Counts accessLog() {
        AccessLog log = accessLog;
        return log == null ? null : log.counts();
    }

    /** Writes what is still to be written, and ends. */
    @Override
    public void close() {
        AccessLog log = accessLog;
        if (log != null) {
            log.close();
        }
        Spans traced = spans;
        if (traced != null) {
            traced.close();
        }
    }
}

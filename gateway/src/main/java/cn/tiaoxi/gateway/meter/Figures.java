package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.GatewayFigures;
import java.time.Instant;
import java.util.function.Supplier;

/** What was seen since it was last told, for the platform. */
public final class Figures {
    private final String gateway;
    private final Meter meter;
    private final Supplier<Gauges> gauges;

    public Figures(String gateway, Meter meter, Supplier<Gauges> gauges) {
        this.gateway = gateway;
        this.meter = meter;
        this.gauges = gauges;
    }

    /** The figures of that span, which was not told before. */
    public GatewayFigures since(Instant from, Instant until) {
        Tally all = meter.unsent();
        return new GatewayFigures(
                gateway,
                from,
                Math.max(1, until.toEpochMilli() - from.toEpochMilli()),
                all.calls().count(),
                all.rows(),
                all.bytes(),
                all.refusals(),
                all.calls().sparse(),
                Tally.shares(all.callers()),
                Tally.shares(all.interfaces()),
                all.flows(),
                now());
    }

    private GatewayFigures.Now now() {
        Gauges state = gauges.get();
        AccessLog.Counts lines = meter.accessLog();
        return new GatewayFigures.Now(
                state.connections(),
                state.underWay(),
                state.traceWaiting(),
                ProcessMetrics.heapBytes(),
                ProcessMetrics.openFiles(),
                state.quotaStore(),
                lines == null ? 0 : lines.dropped());
    }
}

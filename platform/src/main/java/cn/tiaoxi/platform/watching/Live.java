package cn.tiaoxi.platform.watching;

import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Now;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.proof.ProofNames;
import cn.tiaoxi.platform.sharing.Gateways;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who watches sees at a moment.
 *
 * @param now the platform's time, in seconds since 1970
 * @param step seconds from one point to the next
 * @param points those that are new or may have changed, the oldest first
 */
public record Live(
        long now, int minutes, int step, List<Point> points, Sum sum, List<State> gateways) {
    private static final int MOST_SHARES = 10;
    private static final int MOST_FLOWS = 24;

    public Live {
        points = List.copyOf(points);
        gateways = List.copyOf(gateways);
    }

    /**
     * A point of the curves.
     *
     * @param time beginning of its span, in seconds since 1970
     * @param p50 milliseconds, null without calls
     * @param p99 milliseconds, null without calls
     */
    public record Point(
            long time,
            long calls,
            long refused,
            long bytes,
            @Nullable Double p50,
            @Nullable Double p99) {
        static Point of(Hour.Point point) {
            Bucket bucket = point.bucket();
            return new Point(
                    point.time(),
                    bucket.calls(),
                    bucket.refused(),
                    bucket.bytes(),
                    milliseconds(bucket, 0.5),
                    milliseconds(bucket, 0.99));
        }
    }

    /** All of the window together. */
    public record Sum(
            long calls,
            long refused,
            long rows,
            long bytes,
            @Nullable Double p50,
            @Nullable Double p99,
            Map<String, Long> refusals,
            List<Share> callers,
            List<Share> interfaces,
            List<Flow> flows) {
        public Sum {
            refusals = Map.copyOf(refusals);
            callers = List.copyOf(callers);
            interfaces = List.copyOf(interfaces);
            flows = List.copyOf(flows);
        }

        static Sum of(Bucket all, ProofNames names, Organisations organisations) {
            return new Sum(
                    all.calls(),
                    all.refused(),
                    all.rows(),
                    all.bytes(),
                    milliseconds(all, 0.5),
                    milliseconds(all, 0.99),
                    all.refusals(),
                    all.callers(MOST_SHARES).stream()
                            .map(s -> Share.of(s, names.application(s.id()), organisations))
                            .toList(),
                    all.interfaces(MOST_SHARES).stream()
                            .map(s -> Share.of(s, names.calledInterface(s.id()), organisations))
                            .toList(),
                    all.flows(MOST_FLOWS).stream().map(f -> Flow.of(f, organisations)).toList());
        }
    }

    /** The part of an application or an interface; its organisation has or owns it. */
    public record Share(
            String id, String name, Organisations.Named organisation, long calls, long refused) {
        private static Share of(
                GatewayFigures.Share share, String name, Organisations organisations) {
            return new Share(
                    share.id(),
                    name,
                    organisations.named(share.organisation()),
                    share.calls(),
                    share.refused());
        }
    }

    /** Calls of one organisation's applications on another's data. */
    public record Flow(Organisations.Named from, Organisations.Named to, long calls, long refused) {
        private static Flow of(GatewayFigures.Flow flow, Organisations organisations) {
            return new Flow(
                    organisations.named(flow.from()),
                    organisations.named(flow.to()),
                    flow.calls(),
                    flow.refused());
        }
    }

    /**
     * How a gateway is.
     *
     * @param now what it told last, null if it has told nothing for a while
     */
    public record State(
            String id,
            Gateways.State state,
            long policyVersion,
            Instant lastSeen,
            @Nullable Now now) {}

    private static @Nullable Double milliseconds(Bucket bucket, double share) {
        return bucket.calls() == 0 ? null : bucket.milliseconds(share);
    }
}

package cn.tiaoxi.platform.watching;

import cn.tiaoxi.contract.Durations;
import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Flow;
import cn.tiaoxi.contract.GatewayFigures.Share;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all gateways told of a span of time, bounded in size. For one thread at a time. */
final class Bucket {
    /** Beyond this many, further ones are not told apart until the span is over. */
    private static final int MOST = 500;

    private final Map<String, Long> refusals = new HashMap<>();
    private final Durations durations = new Durations();
    private final Map<String, Share> callers = new HashMap<>();
    private final Map<String, Share> interfaces = new HashMap<>();
    private final Map<Pair, Flow> flows = new HashMap<>();
    private long rows;
    private long bytes;
    private boolean told;

    private record Pair(String from, String to) {}

    /**
     * Adds the part that one of so many equal pieces has in what a gateway told; all pieces
     * together are exactly what it told. Who called what goes with the last piece.
     */
    void add(GatewayFigures figures, int piece, int pieces) {
        told = true;
        figures.refusals()
                .forEach((code, n) -> refusals.merge(code, part(n, piece, pieces), Long::sum));
        Map<Integer, Long> mine = new HashMap<>();
        figures.durations().forEach((at, n) -> mine.put(at, part(n, piece, pieces)));
        durations.add(Durations.of(mine));
        rows += part(figures.rows(), piece, pieces);
        bytes += part(figures.bytes(), piece, pieces);
        if (piece == pieces - 1) {
            figures.callers().forEach(share -> add(callers, share));
            figures.interfaces().forEach(share -> add(interfaces, share));
            figures.flows().forEach(this::add);
        }
    }

    private static long part(long all, int piece, int pieces) {
        return all / pieces + (piece < all % pieces ? 1 : 0);
    }

    /** Adds all of another. */
    void add(Bucket other) {
        told |= other.told;
        other.refusals.forEach((code, n) -> refusals.merge(code, n, Long::sum));
        durations.add(other.durations);
        rows += other.rows;
        bytes += other.bytes;
        other.callers.values().forEach(share -> add(callers, share));
        other.interfaces.values().forEach(share -> add(interfaces, share));
        other.flows.values().forEach(this::add);
    }

    private static void add(Map<String, Share> shares, Share more) {
        if (shares.size() < MOST || shares.containsKey(more.id())) {
            shares.merge(
                    more.id(),
                    more,
                    (a, b) ->
                            new Share(
                                    a.id(),
                                    b.organisation(),
                                    a.calls() + b.calls(),
                                    a.refused() + b.refused(),
                                    a.error() + b.error()));
        }
    }

    private void add(Flow more) {
        Pair pair = new Pair(more.from(), more.to());
        Pair kept = flows.size() < MOST || flows.containsKey(pair) ? pair : new Pair("", "");
        flows.merge(
                kept,
                new Flow(kept.from(), kept.to(), more.calls(), more.refused()),
                (a, b) ->
                        new Flow(
                                a.from(),
                                a.to(),
                                a.calls() + b.calls(),
                                a.refused() + b.refused()));
    }

    /** Whether any gateway told anything, be it that nothing was called. */
    boolean told() {
        return told;
    }

    long calls() {
        return durations.count();
    }

    long refused() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> refusals() {
        return refusals;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** Milliseconds within which that share of the calls was answered; 0 if there was none. */
    double milliseconds(double share) {
        return durations.quantile(share) / 1_000;
    }

    List<Share> callers(int most) {
        return most(callers, most);
    }

    List<Share> interfaces(int most) {
        return most(interfaces, most);
    }

    private static List<Share> most(Map<String, Share> shares, int most) {
        return shares.values().stream()
                .sorted(Comparator.comparingLong(Share::calls).reversed().thenComparing(Share::id))
                .limit(most)
                .toList();
    }

    List<Flow> flows(int most) {
        return flows.values().stream()
                .sorted(Comparator.comparingLong(Flow::calls).reversed())
                .limit(most)
                .toList();
    }
}

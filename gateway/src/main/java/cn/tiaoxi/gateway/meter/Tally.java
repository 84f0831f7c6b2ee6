package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Durations;
import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Flow;
import cn.tiaoxi.contract.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What calls came to in some time. For one thread at a time. */
final class Tally {
    private static final int PLACES = 200;

    private final long[] refusals = new long[Refusal.values().length];
    private final Map<String, long[]> styles = new HashMap<>();
    private final Durations calls = new Durations();
    private final Durations recordings = new Durations();
    private final Durations lookups = new Durations();
    private final TopK callers = new TopK(PLACES);
    private final TopK interfaces = new TopK(PLACES);
    private final Map<String, Map<String, long[]>> flows = new HashMap<>();
    private int pairs;
    private long rows;
    private long bytes;

    /** Counts a call that has its answer. */
    void add(Passage call) {
        Refusal refusal = call.refusal();
        boolean refused = refusal != null;
        if (refusal != null) {
            refusals[refusal.ordinal()]++;
        }
        one(styles, call.style())[0]++;
        rows += call.rows();
        bytes += call.bytes();
        calls.add(call.micros(Stage.ANSWERED));
        addStages(call);
        if (!call.application().isEmpty()) {
            callers.add(call.application(), call.organisation(), refused);
            if (!call.interfaceId().isEmpty()) {
                interfaces.add(call.interfaceId(), call.owner(), refused);
                flow(call.organisation(), call.owner(), 1, refused ? 1 : 0);
            }
        }
    }

    private void addStages(Passage call) {
        long found = call.micros(Stage.FOUND);
        if (found > 0) {
            lookups.add(found - call.micros(Stage.COUNTED));
        }
        long recorded = call.micros(Stage.RECORDED);
        long before = Math.max(found, call.recordingMicros());
        if (recorded > 0) {
            recordings.add(recorded - before);
        }
    }

    private static long[] one(Map<String, long[]> numbers, String name) {
        long[] number = numbers.get(name);
        if (number == null) {
            number = new long[1];
            numbers.put(name, number);
        }
        return number;
    }

    /** Beyond the bound organisations are not told apart. */
    private void flow(String from, String to, long number, long refused) {
        long[] both = flowOf(from, to);
        both[0] += number;
        both[1] += refused;
    }

    private long[] flowOf(String from, String to) {
        Map<String, long[]> there = flows.get(from);
        long[] both = there == null ? null : there.get(to);
        if (both != null) {
            return both;
        }
        if (pairs >= GatewayFigures.MOST_FLOWS - 1 && !(from.isEmpty() && to.isEmpty())) {
            return flowOf("", "");
        }
        long[] made = new long[2];
        flows.computeIfAbsent(from, any -> new HashMap<>()).put(to, made);
        pairs++;
        return made;
    }

    /** Adds all of another. */
    void add(Tally other) {
        for (int i = 0; i < refusals.length; i++) {
            refusals[i] += other.refusals[i];
        }
        other.styles.forEach((style, number) -> one(styles, style)[0] += number[0]);
        calls.add(other.calls);
        recordings.add(other.recordings);
        lookups.add(other.lookups);
        callers.add(other.callers);
        interfaces.add(other.interfaces);
        other.flows.forEach(
                (from, there) -> there.forEach((to, both) -> flow(from, to, both[0], both[1])));
        rows += other.rows;
        bytes += other.bytes;
    }

    /** How long calls took, from their last byte read to their answer. */
    Durations calls() {
        return calls;
    }

    /** How long records took to become durable. */
    Durations recordings() {
        return recordings;
    }

    /** How long lookups took that found an answer. */
    Durations lookups() {
        return lookups;
    }

    TopK callers() {
        return callers;
    }

    TopK interfaces() {
        return interfaces;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    long refused(Refusal refusal) {
        return refusals[refusal.ordinal()];
    }

    /** Calls by the style of the caller, empty for requests that could not be read. */
    Map<String, Long> styles() {
        Map<String, Long> numbers = new TreeMap<>();
        styles.forEach((style, number) -> numbers.put(style, number[0]));
        return numbers;
    }

    /** Refusals that happened, by code. */
    Map<String, Long> refusals() {
        Map<String, Long> numbers = new TreeMap<>();
        for (Refusal refusal : Refusal.values()) {
            if (refusals[refusal.ordinal()] > 0) {
                numbers.put(refusal.name(), refusals[refusal.ordinal()]);
            }
        }
        return numbers;
    }

    /** Calls between organisations, the most first. */
    List<Flow> flows() {
        List<Flow> all = new ArrayList<>();
        flows.forEach(
                (from, there) ->
                        there.forEach((to, both) -> all.add(new Flow(from, to, both[0], both[1]))));
        all.sort(Comparator.comparingLong(Flow::calls).reversed());
        return all;
    }

    /** Those with the most calls, as they are sent. */
    static List<GatewayFigures.Share> shares(TopK sketch) {
        return sketch.most(GatewayFigures.MOST_SHARES).stream()
                .map(
                        s ->
                                new GatewayFigures.Share(
                                        s.key(), s.about(), s.count(), s.refused(), s.error()))
                .toList();
    }
}

package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What went through a gateway in a short span, for those who watch. Bounded in size whatever
 * callers do; lost figures are not sent again, as the trace has every call.
 *
 * @param gateway the gateway's identifier
 * @param from beginning of the span, by the gateway's clock
 * @param millis length of the span
 * @param calls requests for data or secrets, answered or refused
 * @param rows rows answered
 * @param bytes bytes of bodies answered
 * @param refusals number by code
 * @param durations how long calls took inside the gateway, as {@link Durations#sparse} gives them
 * @param callers applications with most calls, at most 50
 * @param interfaces interfaces with most calls, at most 50
 * @param flows calls between organisations, at most 200
 * @param now how the gateway is at the end of the span
 */
public record GatewayFigures(
        String gateway,
        Instant from,
        long millis,
        long calls,
        long rows,
        long bytes,
        Map<String, Long> refusals,
        Map<Integer, Long> durations,
        List<Share> callers,
        List<Share> interfaces,
        List<Flow> flows,
        Now now) {

    /** Most callers and most interfaces. */
    public static final int MOST_SHARES = 50;

    /** Most flows. */
    public static final int MOST_FLOWS = 200;

    public GatewayFigures {
        refusals = Map.copyOf(refusals);
        durations = Map.copyOf(durations);
        callers = List.copyOf(callers);
        interfaces = List.copyOf(interfaces);
        flows = List.copyOf(flows);
        if (callers.size() > MOST_SHARES
                || interfaces.size() > MOST_SHARES
                || flows.size() > MOST_FLOWS
                || millis < 1) {
            throw new IllegalArgumentException("Figures beyond their bounds");
        }
    }

    /**
     * The part that one application or interface had in the calls.
     *
     * @param calls number of calls, too high by at most {@code error}
     * @param refused how many of those that are certain were refused
     */
    public record Share(String id, String organisation, long calls, long refused, long error) {}

    /** Calls of applications of one organisation on data of another; empty where unknown. */
    public record Flow(String from, String to, long calls, long refused) {}

    /**
     * How a gateway is.
     *
     * @param connections open connections
     * @param underWay requests without an answer yet
     * @param traceWaiting records that wait for the next commit of the trace
     * @param heapBytes memory used in the heap
     * @param openFiles open file descriptors
     * @param quotaStore whether the store of quotas answers
     * @param dropped lines that the access log could not take since the start
     */
    public record Now(
            int connections,
            int underWay,
            int traceWaiting,
            long heapBytes,
            long openFiles,
            boolean quotaStore,
            long dropped) {}

    /**
     * What the platform answers.
     *
     * @param everyMillis how often it wants figures from now on
     */
    public record Wish(long everyMillis) {}
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.TimeOrderedId;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.WatchSign;
import cn.tiaoxi.gateway.watch.Watch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches calls and tells in the trace what it notices, from where the platform takes it. Nothing
 * waits for that: if the record cannot be written the call's own cannot either.
 */
final class CallWatch {
    private final Watch watch = new Watch();
    private final OwnTrace trace;

    CallWatch(OwnTrace trace) {
        this.trace = trace;
    }

    /** A lookup that passed its checks; each of several values is a thing looked up. */
    void saw(Call call, Caller caller, String interfaceId, List<KeyCondition> keys) {
        Map<String, Object> together = new LinkedHashMap<>();
        for (KeyCondition each : keys) {
            if (each.match() == KeyCondition.Match.ANY) {
                each.values().forEach(v -> saw(call, caller, interfaceId, Map.of(each.key(), v)));
            } else {
                together.put(each.note(), each.value());
            }
        }
        if (!together.isEmpty()) {
            saw(call, caller, interfaceId, together);
        }
    }

    /** A call that passed its checks. */
    void saw(Call call, Caller caller, String interfaceId, Map<String, ?> values) {
        watch.saw(
                caller.application().id(),
                interfaceId,
                caller.key().id(),
                call.remote(),
                values,
                call.time().getEpochSecond(),
                (sign, amount) -> tell(call, caller, interfaceId, sign, amount));
    }

    private void tell(Call call, Caller caller, String interfaceId, WatchSign sign, long amount) {
        Map<String, String> detail = new HashMap<>();
        detail.put("amount", Long.toString(amount));
        detail.put("window", sign.window().toString());
        detail.put("requestId", call.requestId());
        detail.put("keyId", caller.key().id());
        var grant = call.grant();
        if (grant != null) {
            detail.put("grant", grant.id());
        }
        trace.append(
                new TraceRecord(
                        TimeOrderedId.next().toString(),
                        call.time(),
                        TraceRecord.Kind.FINDING,
                        caller.application().id(),
                        caller.application().organisation(),
                        "finding",
                        "interface:" + interfaceId,
                        sign.name(),
                        detail));
    }
}

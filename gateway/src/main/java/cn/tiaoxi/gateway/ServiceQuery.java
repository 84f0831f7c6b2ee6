package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.gateway.upstream.UpstreamException;
import cn.tiaoxi.gateway.upstream.Upstreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks a department's service for, checked.
 *
 * @param values the service's parameters by name
 */
record ServiceQuery(
        ServedInterface served, Grant grant, List<String> fields, Map<String, String> values)
        implements Asked {
    /** Narrows the fields, unless the service has a parameter of that name. */
    private static final String FIELDS = "fields";

    /**
     * Reads what a caller gives. Any parameter may stand in the query; those of the service's body
     * also in a JSON object.
     *
     * @param given parameters that were read before, or null
     * @throws RefusedException if any is unknown, repeated, missing or not allowed
     */
    static ServiceQuery of(
            ServedInterface served,
            Grant grant,
            Call call,
            CallRequest request,
            @Nullable Map<String, String> given,
            Upstreams upstreams) {
        Map<String, String> values =
                given == null ? QueryString.parse(request.rawQuery()) : new LinkedHashMap<>(given);
        if (call.style() == Style.SIGNATURE && request.body().length > 0) {
            addBody(values, request);
        }
        List<String> fields = Query.granted(served, grant);
        if (!served.hasParameter(FIELDS)) {
            String wanted = values.remove(FIELDS);
            fields = wanted == null ? fields : Query.fields(served, grant, wanted);
        }
        try {
            upstreams.check(served.published(), values);
        } catch (UpstreamException e) {
            throw new RefusedException(e.refusal(), e.subject());
        }
        return new ServiceQuery(served, grant, fields, values);
    }

    private static void addBody(Map<String, String> values, CallRequest request) {
        String sent = request.parts().header().get("content-type");
        String type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json")) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "Content-Type");
        }
        TokenRequest.object(request.body())
                .forEach(
                        (name, value) -> {
                            if (values.put(name, value) != null) {
                                throw new RefusedException(Refusal.PARAMETER_REPEATED, name);
                            }
                        });
    }

    Upstreams.Wanted wanted(Call call, @Nullable Consumer<String> subjects) {
        return new Upstreams.Wanted(
                served.published(),
                grant,
                fields,
                values,
                call.requestId(),
                call.passage().traceparent(),
                call.noted("matter"),
                subjects);
    }
}

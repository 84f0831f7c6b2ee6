package cn.tiaoxi.platform.proof;

import java.time.Instant;
import java.util.List;

/**
 * A call through a gateway.
 *
 * @param dataset identifier of the dataset behind the interface, empty when unknown
 * @param owner code of the organisation that owns it, empty when unknown
 * @param milliseconds how long the gateway took
 * @param ended COMPLETE; UNDER_WAY, BROKEN or CALLER_GONE for long answers of services
 * @param overReturned values that a service returned beyond its schema, which were cut
 */
public record Call(
        String id,
        Instant time,
        String application,
        String organisation,
        String interfaceId,
        String dataset,
        String owner,
        String grant,
        String purpose,
        String matter,
        List<String> fields,
        long rows,
        long bytes,
        String outcome,
        int status,
        double milliseconds,
        String address,
        String key,
        String request,
        String ended,
        long overReturned) {
    public Call {
        fields = List.copyOf(fields);
    }
}

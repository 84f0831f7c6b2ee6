package cn.tiaoxi.platform.investigation;

import java.time.Instant;
import java.util.List;

/**
 * A delivery that an investigation found.
 *
 * @param record identifier of the record in the trace that holds its digests
 * @param origin log that holds the record
 * @param index place in that log, from 0
 * @param request identifier of the request; of a file that of its order
 * @param export identifier of the file, empty for the answer to a call
 * @param time when it was delivered; a file when it was first fetched
 * @param application identifier of the application that received it
 * @param rows how many rows of what was asked about it holds
 * @param subjects how many rows it holds in all
 */
public record FoundDelivery(
        long id,
        String record,
        String origin,
        long index,
        String request,
        String export,
        Instant time,
        String application,
        String organisation,
        String calledInterface,
        String dataset,
        String grant,
        String purpose,
        String matter,
        List<String> fields,
        int rows,
        int subjects) {
    public FoundDelivery {
        fields = List.copyOf(fields);
    }
}

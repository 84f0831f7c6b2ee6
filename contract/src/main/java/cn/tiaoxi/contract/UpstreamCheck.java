package cn.tiaoxi.contract;

import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to a gateway: does this service answer as it is described.
 *
 * @param described an interface that need not be in any policy, with its service
 * @param values parameters to call it with, by name
 */
public record UpstreamCheck(PublishedInterface described, Map<String, String> values) {
    public UpstreamCheck {
        values = Map.copyOf(values);
    }

    /**
     * What a call found; nothing of the values.
     *
     * @param refusal why a caller would have been refused, or null if the answer is as described
     * @param subject what that is about, or null
     * @param bytes bytes that the service sent
     * @param milliseconds time for all of it
     * @param records records in the answer
     * @param known values of fields that are described
     * @param unknown values of fields that are not, which are never passed on
     * @param unknownNames how often each of these came, by JSON pointer
     */
    public record Result(
            @Nullable Refusal refusal,
            @Nullable String subject,
            long bytes,
            long milliseconds,
            long records,
            long known,
            long unknown,
            Map<String, Long> unknownNames) {
        public Result {
            unknownNames = Map.copyOf(unknownNames);
        }
    }
}

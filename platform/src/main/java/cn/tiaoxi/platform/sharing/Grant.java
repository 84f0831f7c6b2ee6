package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Leave to call one interface.
 *
 * @param request the request it came of, null for trial calls
 * @param organisation code of the organisation that receives
 * @param owner code of the organisation that gives
 * @param masks how a granted field is hidden, by field
 * @param inAll calls in the whole time, or null for any number
 * @param exports whether answers may be made into files where the interface allows it
 * @param validUntil until when, exclusive
 * @param calls answered calls so far
 * @param lastCall when it was last called, or null
 */
public record Grant(
        String id,
        @Nullable String request,
        String application,
        String applicationName,
        String organisation,
        String owner,
        String interfaceId,
        String interfaceName,
        String dataset,
        String datasetTitle,
        List<String> fields,
        SortedMap<String, Mask> masks,
        String purpose,
        int perSecond,
        long perDay,
        @Nullable Long inAll,
        boolean exports,
        Instant validFrom,
        Instant validUntil,
        boolean trial,
        @Nullable Revocation revoked,
        long calls,
        @Nullable Instant lastCall,
        long version) {

    public Grant {
        fields = List.copyOf(fields);
    }

    /** Where a grant stands. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    /**
     * The end before its time.
     *
     * @param policyVersion the policy that took the grant away
     */
    public record Revocation(String byName, Instant time, String reason, long policyVersion) {}

    /** Where the grant stands at that moment. */
    public State state(Instant now) {
        if (revoked != null) {
            return State.REVOKED;
        }
        return now.isBefore(validUntil) ? State.ACTIVE : State.EXPIRED;
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the grant that a call is made under. */
final class GrantChoice {
    private GrantChoice() {}

    /**
     * The named grant, or the newest that is in force.
     *
     * @param grants the application's grants for the interface, newest first
     * @param named identifier that the caller names, or null
     * @throws RefusedException that says why there is none; when several are not in force, the
     *     newest one's reason
     */
    static Grant choose(List<Grant> grants, @Nullable String named, Instant now) {
        @Nullable RefusedException newest = null;
        for (Grant grant : grants) {
            if (named != null && !grant.id().equals(named)) {
                continue;
            }
            Refusal reason = whyNot(grant, now);
            if (reason == null) {
                return grant;
            }
            if (newest == null) {
                newest = new RefusedException(reason, grant.id());
            }
        }
        if (newest != null) {
            throw newest;
        }
        throw new RefusedException(Refusal.GRANT_MISSING, named == null ? "-" : named);
    }

    private static @Nullable Refusal whyNot(Grant grant, Instant now) {
        if (grant.state() == GrantState.REVOKED) {
            return Refusal.GRANT_REVOKED;
        }
        if (now.isBefore(grant.validFrom())) {
            return Refusal.GRANT_NOT_YET_VALID;
        }
        return now.isBefore(grant.validUntil()) ? null : Refusal.GRANT_EXPIRED;
    }
}

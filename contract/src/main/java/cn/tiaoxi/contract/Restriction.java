package cn.tiaoxi.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a case of misuse imposes on an application for a time.
 *
 * @param reference number of the case, for the refusal
 * @param perSecond calls a second that are left over all interfaces, or null for none at all
 * @param until when it ends by itself, exclusive, or null if a person must end it
 */
public record Restriction(String reference, @Nullable Integer perSecond, @Nullable Instant until) {

    /** Whether it holds at that moment; a gateway that is cut off ends it by itself. */
    public boolean holdsAt(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Whether no call is left. */
    public boolean cuts() {
        return perSecond == null;
    }
}

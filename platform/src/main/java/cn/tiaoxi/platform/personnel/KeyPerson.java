package cn.tiaoxi.platform.personnel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key person as this module sees the entry.
 *
 * @param entry identifier of the entry in the ledger
 * @param organisation code of the organisation that looks after the person
 * @param vendor entry of the vendor, or null
 * @param applications entries of the applications worked on
 * @param username the person's account on the platform, or null
 * @param clearanceUntil last day of the clearance, or null if it has none
 * @param contractUntil last day of the contract, or null if it has none
 * @param trainedUntil last day of the valid training, or null without one
 * @param over whether the person left or the entry was removed
 * @param reasons why there is no right to access; none if there is
 * @param loss identifier of the loss of access that nobody has undone, or null
 */
public record KeyPerson(
        String entry,
        String code,
        String title,
        String organisation,
        String state,
        @Nullable String vendor,
        List<String> applications,
        @Nullable String username,
        @Nullable LocalDate clearanceUntil,
        @Nullable LocalDate contractUntil,
        @Nullable LocalDate trainedUntil,
        boolean over,
        List<LossReason> reasons,
        @Nullable String loss,
        Instant created) {
    public KeyPerson {
        applications = List.copyOf(applications);
        reasons = List.copyOf(reasons);
    }

    /** Whether the person may have access: in force, cleared, trained, of an admitted vendor. */
    public boolean inGoodStanding() {
        return reasons.isEmpty() && loss == null;
    }

    /**
     * The reasons that end the access now: those that there were not before. Who is not in force
     * yet has nothing to lose; with the first day in force everything that is missing counts.
     */
    List<LossReason> reasonsSince(KeyPerson before) {
        boolean waited = before.reasons.contains(LossReason.PENDING);
        if (waited && reasons.contains(LossReason.PENDING)) {
            return List.of();
        }
        List<LossReason> fresh = new ArrayList<>(reasons);
        if (!waited) {
            fresh.removeAll(before.reasons);
        }
        return fresh;
    }

    KeyPerson with(
            @Nullable LocalDate trained, List<LossReason> newReasons, @Nullable String newLoss) {
        return new KeyPerson(
                entry,
                code,
                title,
                organisation,
                state,
                vendor,
                applications,
                username,
                clearanceUntil,
                contractUntil,
                trained,
                over,
                newReasons,
                newLoss,
                created);
    }
}

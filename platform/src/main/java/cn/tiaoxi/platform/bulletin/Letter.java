package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.city.Organisation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The letter of a bulletin to one organisation.
 *
 * @param id identifier
 * @param kind the kind of organisation among which it is ranked
 * @param own all its ledgers together
 * @param change change of the rate to the month before, or null
 * @param place its place among the organisations of its kind, 1 is the best
 * @param places how many there are
 * @param sha256 hash of the figures as they are kept
 * @param leftOut whether it is not sent
 * @param due when its answer is due
 * @param measures what the organisation answered
 * @param mendedBy the day by which it will have mended
 * @param version counts the changes
 */
public record Letter(
        String id,
        YearMonth month,
        String organisation,
        Organisation.Kind kind,
        Rate own,
        @Nullable Double change,
        int place,
        int places,
        String sha256,
        boolean leftOut,
        State state,
        @Nullable Instant sent,
        @Nullable Instant due,
        @Nullable Act acknowledged,
        @Nullable Act answered,
        @Nullable String measures,
        @Nullable LocalDate mendedBy,
        @Nullable Act decided,
        @Nullable String decidedReason,
        long version) {

    /** How far it is. */
    public enum State {
        /** Not sent. */
        DRAFT,
        SENT,
        ACKNOWLEDGED,
        ANSWERED,
        /** The data office wants another answer. */
        RETURNED,
        ACCEPTED;

        /** Whether the organisation has something to do. */
        public boolean waits() {
            return this == SENT || this == ACKNOWLEDGED || this == RETURNED;
        }
    }

    /** Who did something, and when. */
    public record Act(Instant time, String by, String byName) {}

    /** Something that happened to it; texts are shown as text. */
    public record Event(Instant time, String actor, String actorName, String action, String text) {}

    /** As trace and processes name the letter of that identifier. */
    static String subject(String id) {
        return "bulletin-letter:" + id;
    }

    /** As trace and processes name it. */
    public String subject() {
        return subject(id);
    }

    /** Whether its answer is due and missing. */
    public boolean overdue(Instant now) {
        return state.waits() && due != null && now.isAfter(due);
    }
}

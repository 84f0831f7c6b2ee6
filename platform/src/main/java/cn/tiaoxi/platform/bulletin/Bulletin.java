package cn.tiaoxi.platform.bulletin;

import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The bulletin of a month.
 *
 * @param figures the figures of the city, frozen
 * @param sha256 hash of the figures as they are kept
 * @param word what the data office adds, empty for nothing
 * @param madeBy user name of who made it, or of the platform
 * @param sent when it was sent; null while it is a draft
 * @param sentBy name of who sent it
 * @param version counts the changes
 */
public record Bulletin(
        YearMonth month,
        State state,
        Figures figures,
        String sha256,
        String word,
        Instant made,
        String madeBy,
        String madeByName,
        @Nullable Instant sent,
        @Nullable String sentBy,
        @Nullable String sentByName,
        long version) {

    /** How far it is. */
    public enum State {
        /** Only the data office sees it. */
        DRAFT,
        /** Its letters have gone out. */
        SENT
    }

    /** As trace and processes name it. */
    public String subject() {
        return "bulletin:" + month;
    }

    /**
     * How far the letters within somebody's reach are.
     *
     * @param letters those that go, or went, out
     * @param acknowledged those that were acknowledged or more
     * @param answered those whose answer waits or was accepted
     * @param overdue those whose answer is due and missing
     */
    public record Counts(
            long letters,
            long leftOut,
            long acknowledged,
            long answered,
            long accepted,
            long overdue) {}

    /** A bulletin and how far its letters are. */
    public record Counted(Bulletin bulletin, Counts counts) {}
}

package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An idle grant that its caller is asked about.
 *
 * @param grant identifier of the grant
 * @param organisation code of the organisation that receives
 * @param owner code of the organisation that gives
 * @param title what is granted to whom
 * @param grade highest grade granted, 1 to 4
 * @param idleSince first day without use
 * @param idleDays days without use when it was opened
 * @param claim why it is still needed, or null
 * @param settled how it ended, or null while it is open
 * @param reason why it ended so, or null
 * @param keptUntil until which day the grant is left alone, or null
 * @param restorable last day on which the grant can be restored, or null
 */
public record ReclaimCase(
        String id,
        String grant,
        String organisation,
        String owner,
        Words title,
        int grade,
        LocalDate idleSince,
        int idleDays,
        State state,
        Instant opened,
        @Nullable Act claimed,
        @Nullable String claim,
        @Nullable Act settled,
        @Nullable String reason,
        @Nullable LocalDate keptUntil,
        @Nullable LocalDate restorable,
        long version) {

    /** Where a case stands. */
    public enum State {
        /** The caller is asked. */
        ASKED,
        /** The caller did not answer in time and is asked for the last time. */
        LAST_CALL,
        /** The caller says why it is needed; the owner decides. */
        CLAIMED,
        /**
         * The caller did not answer, but calls that do not look like use go on; the owner decides.
         */
        DOUBTFUL,
        KEPT,
        GIVEN_BACK,
        RECLAIMED,
        /** It was taken back or given back, and then restored. */
        RESTORED,
        USED_AGAIN,
        EXEMPTED,
        /** The grant ended otherwise. */
        ENDED;

        private static final Set<State> OPEN = Set.of(ASKED, LAST_CALL, CLAIMED, DOUBTFUL);

        /** Whether something is waited for. */
        public boolean isOpen() {
            return OPEN.contains(this);
        }

        /** Whether the caller is to answer. */
        public boolean asksCaller() {
            return this == ASKED || this == LAST_CALL;
        }

        /** Whether the owner is to decide. */
        public boolean asksOwner() {
            return this == CLAIMED || this == DOUBTFUL;
        }
    }

    /**
     * Who did something, and when.
     *
     * @param by user name, {@code system} for the platform
     */
    public record Act(Instant time, String by, String byName) {}

    /** Something that happened to a case. */
    public record Event(Instant time, String actor, String actorName, String action, String text) {}

    String subject() {
        return subject(id);
    }

    static String subject(String id) {
        return "reclaim:" + id;
    }
}

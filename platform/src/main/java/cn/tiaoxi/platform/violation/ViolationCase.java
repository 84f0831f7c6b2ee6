package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import cn.tiaoxi.platform.violation.ViolationRule.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Misuse that is followed up.
 *
 * @param number for people
 * @param rule rule that fired
 * @param ruleName its name when the case was opened
 * @param subject identifier of the application or interface
 * @param organisation code of the organisation that answers for it
 * @param found when the rule last fired
 * @param answer explanation of the one concerned, or null
 * @param answerFalse whether they say that it is a false alarm
 * @param rectifyDue by when it is to be rectified, or null where that is not ordered
 * @param rectification what was done about it, or null
 * @param proof where that can be seen, or null
 * @param settled when it ended, or null while it is open
 */
public record ViolationCase(
        String id,
        String number,
        String rule,
        Words ruleName,
        Against against,
        String subject,
        String subjectName,
        String organisation,
        Severity severity,
        State state,
        Instant opened,
        Instant found,
        @Nullable Act answered,
        @Nullable String answer,
        boolean answerFalse,
        @Nullable Act judged,
        @Nullable Judgement judgement,
        @Nullable String judgementReason,
        @Nullable Instant rectifyDue,
        @Nullable Act rectified,
        @Nullable String rectification,
        @Nullable String proof,
        @Nullable Instant settled,
        long version) {

    /** Where a case stands. */
    public enum State {
        /** The one concerned is to answer. */
        NOTICED,
        /** The data office is to judge. */
        JUDGING,
        /** The one concerned is to rectify it. */
        RECTIFYING,
        /** New calls are watched before it ends. */
        RECHECKING,
        /** It was a false alarm. */
        DISMISSED,
        RECTIFIED,
        /** The grants were taken back. */
        REVOKED;

        /** Whether something is waited for. */
        public boolean isOpen() {
            return this == NOTICED || this == JUDGING || this == RECTIFYING || this == RECHECKING;
        }
    }

    /** What the data office can judge. */
    public enum Judgement {
        DISMISS,
        RECTIFY,
        REVOKE
    }

    /** Who did something, and when. */
    public record Act(Instant time, String by, String byName) {}

    /** Something that happened to a case. */
    public record Event(Instant time, String actor, String actorName, String action, String text) {}

    /** A record of a gateway's log that proves a finding. */
    public record Sample(String record, String origin, long index, Instant time) {}

    /**
     * A window in which the rule fired.
     *
     * @param amount what was counted
     * @param grants identifiers of grants used
     * @param keys identifiers of keys used
     */
    public record Finding(
            Instant window,
            long amount,
            Instant first,
            Instant last,
            List<String> grants,
            List<String> keys,
            List<String> interfaces,
            List<Sample> samples) {}

    /** What it is about, in the language of the request. */
    public Words title() {
        return new Words(ruleName.zh() + "：" + subjectName, ruleName.en() + ": " + subjectName);
    }

    String flow() {
        return flow(id);
    }

    static String flow(String id) {
        return "violation:" + id;
    }
}

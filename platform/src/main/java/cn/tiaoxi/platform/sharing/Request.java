package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Words;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A request for data.
 *
 * @param number number for people
 * @param interfaceName title of the interface asked for
 * @param organisation code of the asking organisation
 * @param owner code of the deciding organisation
 * @param applicant user name of who asks
 * @param body what is asked for; after an approval, what was granted
 * @param masks how fields are hidden, as decided
 * @param due end of the deadline for the decision, or null where none runs
 */
public record Request(
        String id,
        String number,
        State state,
        String dataset,
        String datasetTitle,
        String interfaceName,
        String applicationName,
        String organisation,
        String owner,
        String applicant,
        String applicantName,
        RequestBody body,
        SortedMap<String, Mask> masks,
        Instant created,
        @Nullable Instant due,
        @Nullable Assessment assessment,
        @Nullable Decision decision,
        long version) {

    /** Where a request stands. */
    public enum State {
        IN_REVIEW,
        APPROVED,
        REFUSED,
        RETURNED,
        WITHDRAWN
    }

    /** What can be decided. */
    public enum Outcome {
        APPROVE(State.APPROVED),
        REFUSE(State.REFUSED),
        RETURN(State.RETURNED);

        private final State state;

        Outcome(State state) {
            this.state = state;
        }

        State state() {
            return state;
        }
    }

    /**
     * A decision.
     *
     * @param by user name of who decided, {@code system} for rules
     * @param automatic whether rules decided
     */
    public record Decision(
            Outcome outcome,
            String by,
            String byName,
            boolean automatic,
            Instant time,
            Words reason) {}

    /** Something that happened to a request. */
    public record Event(Instant time, String actor, String actorName, String action, Words text) {}

    /** An earlier request for the same dataset and how it was decided. */
    public record Similar(
            String id,
            String number,
            String organisation,
            Outcome outcome,
            String purpose,
            Instant time) {}

    /** Name of the request as the subject of its process. */
    String subject() {
        return subject(id);
    }

    static String subject(String id) {
        return "request:" + id;
    }
}

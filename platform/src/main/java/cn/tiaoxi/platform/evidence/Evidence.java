package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records changes of state. Every module that changes something calls this, and nothing else. */
@Component
public class Evidence {
    private static final int LONGEST_DETAIL = 2000;

    private final OutboxStore outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Evidence(OutboxStore outbox, ApplicationEventPublisher events, Clock clock) {
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records a change in the transaction under way: if the change is committed the record is too,
     * and from there it reaches the tamper-evident log exactly once.
     *
     * @param who who did it
     * @param action what was done, for example {@code request.approved}
     * @param object what it was done to, for example {@code request:…}
     * @param detail further facts; no secrets and no personal data of those the data is about. Free
     *     texts such as reasons and names are kept beside the log, so that they can be erased by
     *     law; the log holds their salted hash
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(Who who, String action, String object, Map<String, String> detail) {
        record(who, action, object, "OK", detail);
    }

    /** Records an attempt that was refused, in a transaction of its own. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void refused(
            Who who, String action, String object, String code, Map<String, String> detail) {
        record(who, action, object, code, detail);
    }

    private void record(
            Who who, String action, String object, String outcome, Map<String, String> detail) {
        Map<String, String> bounded = new TreeMap<>();
        detail.forEach((name, value) -> bounded.put(name, bounded(value)));
        Payload payload = Payload.of(bounded);
        outbox.add(
                new TraceRecord(
                        UUID.randomUUID().toString(),
                        clock.instant(),
                        TraceRecord.Kind.CHANGE,
                        who.name(),
                        who.organisation(),
                        action,
                        object,
                        outcome,
                        payload == null ? bounded : payload.withoutTexts(bounded)),
                payload);
        events.publishEvent(new RecordAdded());
    }

    /** Long texts stand in the database; the trace keeps their beginning. */
    private static String bounded(String value) {
        return value.length() <= LONGEST_DETAIL ? value : value.substring(0, LONGEST_DETAIL) + "…";
    }
}

package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceProbe;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.catalogue.Masking;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.investigation.Investigation.LeakedFile;
import cn.tiaoxi.platform.investigation.Investigation.State;
import cn.tiaoxi.platform.investigation.Investigation.Type;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Investigations of who received what. Each says why and on whose order; whatever an investigator
 * does stands in the trace, and what touches data of grade L4 needs a second person's consent.
 */
@Service
public class Investigations {
    static final String CONSENT = "investigation:consent";
    private static final String GRAVEST = "L4";
    private static final int LONGEST = 1000;
    private static final int LONGEST_VALUE = 200;

    private final InvestigationStore store;
    private final Deliveries deliveries;
    private final SubjectKeys keys;
    private final Datasets datasets;
    private final Masking masking;
    private final LeakFiles files;
    private final InvestigationNotices notices;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Investigations(
            InvestigationStore store,
            Deliveries deliveries,
            SubjectKeys keys,
            Datasets datasets,
            Masking masking,
            LeakFiles files,
            InvestigationNotices notices,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.keys = keys;
        this.datasets = datasets;
        this.masking = masking;
        this.files = files;
        this.notices = notices;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** That one waits to be carried out, or for consent. */
    record Changed(String id, State state) {}

    /** Lists them, the newest first. */
    public Page<Investigation> list(String text, String type, String state, Slice slice) {
        return store.list(text, type, state, slice);
    }

    /**
     * One of them.
     *
     * @throws InvestigationException if there is none
     */
    public Investigation get(String id) {
        return store.find(id).orElseThrow(() -> InvestigationException.notFound(id));
    }

    /** The kinds of subjects of whom anything was delivered. */
    public List<String> kinds() {
        return deliveries.kinds("").stream()
                .map(Deliveries.KeyedKind::kind)
                .distinct()
                .sorted()
                .toList();
    }

    /** The deliveries that one found, to one application or to all. */
    public Page<FoundDelivery> found(Investigation each, String application, Slice slice) {
        return deliveries.found(each.id(), application, slice);
    }

    /** Whether the person behind the request may say that it may go on. */
    public boolean mayConsent(Investigation each) {
        Actor actor = access.actor();
        return each.state() == State.AWAITING_CONSENT
                && actor.may(CONSENT)
                && !actor.username().equals(each.openedBy());
    }

    /**
     * Asks who received a subject's rows.
     *
     * @param kind sort of subject
     * @param value its identifier, spelled in any way
     * @param dataset dataset to be limited to, empty for all
     */
    @Transactional
    public String askSubject(
            String kind, String value, String dataset, String reason, String basis) {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "value", value, LONGEST_VALUE);
        check(errors, "reason", reason, LONGEST);
        check(errors, "basis", basis, LONGEST);
        refuse(errors);
        if (!kinds().contains(kind)) {
            throw InvestigationException.kindUnknown(kind);
        }
        List<String> touched = dataset.isEmpty() ? deliveries.datasets(kind) : List.of(dataset);
        return open(
                Type.SUBJECT,
                dataset,
                grade(touched),
                reason,
                basis,
                kind,
                shown(kind, value),
                keys.digests(kind, value));
    }

    /** A subject as it is shown: masked as its kind is. */
    private String shown(String kind, String value) {
        String masked = Masks.apply(masking.mask(kind), SubjectDigests.normal(value));
        return masked == null || masked.isBlank() ? "***" : masked;
    }

    /**
     * Asks which deliveries explain a leaked file, which is to be brought then.
     *
     * @param dataset dataset that its rows are of; empty to hold it against all deliveries
     */
    @Transactional
    public String askLeak(String dataset, String reason, String basis) {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "reason", reason, LONGEST);
        check(errors, "basis", basis, LONGEST);
        refuse(errors);
        return open(Type.LEAK, dataset, grade(List.of(dataset)), reason, basis, "", "", Map.of());
    }

    private String open(
            Type type,
            String dataset,
            String grade,
            String reason,
            String basis,
            String kind,
            String shown,
            Map<String, Long> digests) {
        Actor actor = access.actor();
        String id = UUID.randomUUID().toString();
        State state = type == Type.LEAK ? State.AWAITING_FILE : next(grade);
        store.add(
                new Investigation(
                        id,
                        0,
                        type,
                        state,
                        dataset,
                        grade,
                        reason.strip(),
                        basis.strip(),
                        kind,
                        shown,
                        digests,
                        null,
                        clock.instant(),
                        actor.username(),
                        actor.name(),
                        actor.organisation(),
                        null,
                        0,
                        null,
                        "",
                        null));
        note(
                actor,
                "opened",
                id,
                Map.of(
                        "type", type.name(),
                        "dataset", dataset,
                        "grade", grade,
                        "kind", kind,
                        "subject", shown,
                        "reason", reason.strip(),
                        "basis", basis.strip()));
        moved(id, state);
        return id;
    }

    private void moved(String id, State state) {
        if (state == State.AWAITING_CONSENT) {
            notices.wanted(get(id));
        }
        events.publishEvent(new Changed(id, state));
    }

    private static State next(String grade) {
        return grade.equals(GRAVEST) ? State.AWAITING_CONSENT : State.WAITING;
    }

    /** The highest grade of datasets; one that is not known counts as the gravest. */
    private String grade(List<String> touched) {
        return touched.stream()
                .map(
                        id ->
                                datasets.find(id)
                                        .map(d -> d.entry().fact("grade"))
                                        .map(Object::toString)
                                        .orElse(GRAVEST))
                .max(String::compareTo)
                .orElse("L1");
    }

    /**
     * Takes the leaked file and looks whether it holds a table.
     *
     * @param announced bytes to come, negative if that is not known
     * @throws IOException if the sender went away; nothing is kept then
     */
    public void receive(String id, String fileName, InputStream body, long announced)
            throws IOException {
        Investigation each = get(id);
        require(each, State.AWAITING_FILE);
        List<FieldError> errors = new ArrayList<>();
        check(errors, "fileName", fileName, LONGEST_VALUE);
        refuse(errors);
        if (announced > LeakFiles.MOST) {
            throw InvestigationException.tooLarge(LeakFiles.MOST);
        }
        LeakFiles.Received received = files.receive(id, body);
        ProbeResult probe;
        try {
            probe = SourceProbe.probe(files.path(id), fileName, ReadOptions.NONE, LeakFiles.MOST);
        } catch (LakeException e) {
            files.delete(id);
            throw e;
        }
        if (probe.preview().isEmpty()) {
            files.delete(id);
            throw InvestigationException.noRows();
        }
        transaction.executeWithoutResult(
                status -> {
                    require(lock(id), State.AWAITING_FILE);
                    State next = next(each.grade());
                    store.file(
                            id,
                            new LeakedFile(
                                    fileName.strip(),
                                    received.bytes(),
                                    received.sha256(),
                                    probe.layout()),
                            next);
                    note(
                            access.actor(),
                            "file.received",
                            id,
                            Map.of(
                                    "file", fileName.strip(),
                                    "bytes", Long.toString(received.bytes()),
                                    "sha256", received.sha256()));
                    moved(id, next);
                });
    }

    /** Says as the second person whether it may go on. */
    @Transactional
    public void consent(String id, boolean agreed, String reason) {
        Actor actor = access.actor();
        Investigation each = lock(id);
        if (!actor.may(CONSENT) || actor.username().equals(each.openedBy())) {
            throw InvestigationException.byAnother();
        }
        require(each, State.AWAITING_CONSENT);
        List<FieldError> errors = new ArrayList<>();
        check(errors, "reason", reason, LONGEST);
        refuse(errors);
        State next = agreed ? State.WAITING : State.REFUSED;
        store.consent(id, actor, reason.strip(), clock.instant(), next);
        if (!agreed) {
            files.delete(id);
        }
        note(actor, agreed ? "agreed" : "refused", id, Map.of("reason", reason.strip()));
        notices.moved(each, next);
        events.publishEvent(new Changed(id, next));
    }

    /** Gives one up that has not ended. */
    @Transactional
    public void cancel(String id) {
        Investigation each = lock(id);
        Set<State> open =
                Set.of(State.AWAITING_FILE, State.AWAITING_CONSENT, State.WAITING, State.RUNNING);
        if (!open.contains(each.state())) {
            throw InvestigationException.state(each);
        }
        store.end(id, State.CANCELLED, "", null, clock.instant());
        files.delete(id);
        note(access.actor(), "cancelled", id, Map.of());
        events.publishEvent(new Changed(id, State.CANCELLED));
    }

    /** Notes that somebody looked at what was found. */
    @Transactional
    public void viewed(Investigation each) {
        note(access.actor(), "viewed", each.id(), Map.of("state", each.state().name()));
    }

    private Investigation lock(String id) {
        return store.lock(id).orElseThrow(() -> InvestigationException.notFound(id));
    }

    private static void require(Investigation each, State state) {
        if (each.state() != state) {
            throw InvestigationException.state(each);
        }
    }

    private void note(Actor actor, String action, String id, Map<String, String> detail) {
        evidence.changed(actor.who(), "investigation." + action, "investigation:" + id, detail);
    }

    private static void check(
            List<FieldError> errors, String field, @Nullable String text, int most) {
        String given = text == null ? "" : text.strip();
        if (given.isEmpty()) {
            errors.add(new FieldError(field, "border.required"));
        } else if (given.length() > most) {
            errors.add(new FieldError(field, "border.tooLong", most));
        } else if (Characters.hasHidden(given, "\n\r")) {
            errors.add(new FieldError(field, "investigation.control"));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
    }

    /** The deliveries that hold a subject, from the index. */
    List<LeakResult.Held> holding(Investigation each) {
        Optional<String> limited =
                each.dataset().isEmpty() ? Optional.empty() : Optional.of(each.dataset());
        return deliveries
                .confirmed(
                        deliveries.holding(new HashSet<>(each.digests().values())),
                        each.digests().keySet(),
                        each.kind(),
                        limited.orElse(""))
                .stream()
                .map(delivery -> new LeakResult.Held(delivery, 1))
                .toList();
    }
}

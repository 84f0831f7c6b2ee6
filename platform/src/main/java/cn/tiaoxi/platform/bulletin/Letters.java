package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters: seen, acknowledged and answered by their organisation and those above it, accepted or
 * returned by the data office. Each is a process {@value Bulletins#PROCESS}.
 */
@Service
public class Letters {
    static final String ANSWER = "bulletin:answer";
    private static final int LONGEST_MEASURES = 5000;
    private static final int LONGEST_REASON = 1000;
    private static final int FURTHEST_YEARS = 2;

    private final LetterStore store;
    private final Bulletins bulletins;
    private final BulletinSettings settings;
    private final Flows flows;
    private final WorkingCalendar calendar;
    private final Organisations organisations;
    private final City city;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    Letters(
            LetterStore store,
            Bulletins bulletins,
            BulletinSettings settings,
            Flows flows,
            WorkingCalendar calendar,
            Organisations organisations,
            City city,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.bulletins = bulletins;
        this.settings = settings;
        this.flows = flows;
        this.calendar = calendar;
        this.organisations = organisations;
        this.city = city;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Which letters to list; empty texts filter nothing.
     *
     * @param text part of an organisation's name or code
     */
    public record Filter(String text, String kind, String state, boolean overdue) {}

    /**
     * The letters of a month within reach of the actor. Sorts: organisation, place, rate, score,
     * entries, change, due.
     *
     * @throws BulletinException if there is no bulletin
     */
    @Transactional(readOnly = true)
    public Page<Letter> list(String month, Filter filter, Slice slice) {
        Bulletin bulletin = bulletins.get(month).bulletin();
        Actor actor = access.actor();
        return store.list(
                new LetterStore.Filter(
                        bulletin.month(),
                        actor.reach(Bulletins.READ),
                        named(filter.text()),
                        filter.kind(),
                        filter.state(),
                        filter.overdue(),
                        actor.may(Bulletins.SEND),
                        clock.instant()),
                slice);
    }

    private @Nullable Collection<String> named(String text) {
        String part = text.strip().toLowerCase(Locale.ROOT);
        return part.isEmpty()
                ? null
                : organisations.all().stream()
                        .filter(
                                o ->
                                        (o.name().zh() + " " + o.name().en() + " " + o.code())
                                                .toLowerCase(Locale.ROOT)
                                                .contains(part))
                        .map(Organisation::code)
                        .toList();
    }

    /**
     * A letter within reach of the actor; of a draft, or left out, only for those who send.
     *
     * @throws BulletinException if there is none
     */
    @Transactional(readOnly = true)
    public Letter get(String id) {
        Actor actor = access.actor();
        return find(id).filter(l -> actor.may(Bulletins.READ, l.organisation()))
                .filter(l -> l.state() != Letter.State.DRAFT || actor.may(Bulletins.SEND))
                .orElseThrow(() -> BulletinException.letterNotFound(id));
    }

    Optional<Letter> find(String id) {
        return Identifiers.isIdentifier(id) ? store.find(id) : Optional.empty();
    }

    /** What the letter says, frozen. */
    public Figures figures(Letter letter) {
        return store.figures(letter.id());
    }

    /** The frozen figures as they are kept; its SHA-256 stands on every sheet of the letter. */
    public String figuresText(Letter letter) {
        return store.figuresText(letter.id());
    }

    public List<Letter.Event> events(Letter letter) {
        return store.events(letter.id());
    }

    /** The letter's process as a picture; none before it is sent. */
    public Optional<Diagram> diagram(Letter letter) {
        return flows.diagram(letter.subject());
    }

    /** Whether a deadline of what waits now has passed and been told upwards. */
    public boolean isEscalated(Letter letter) {
        return flows.open(letter.subject()).stream().anyMatch(t -> t.escalated() != null);
    }

    /**
     * Says that the organisation has received its letter.
     *
     * @throws BulletinException if it has said so
     */
    @Transactional
    public Letter acknowledge(String id) {
        Letter letter = get(id);
        acknowledge(letter, access.require(ANSWER, letter.organisation()));
        return get(id);
    }

    private void acknowledge(Letter letter, Actor actor) {
        if (!store.acknowledge(letter.id(), act(actor))) {
            throw stateOf(letter);
        }
        note(actor, letter, "acknowledged", "", Map.of());
        flows.complete(
                letter.subject(),
                "acknowledge",
                actor.username(),
                Map.of("answerDays", workingDaysUntil(letter.due())));
    }

    /** Working days from today to the day of the deadline, so that it stays what it was. */
    private int workingDaysUntil(@Nullable Instant due) {
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        LocalDate last = due == null ? today : due.atZone(city.zone()).toLocalDate();
        return (int)
                today.plusDays(1)
                        .datesUntil(last.isBefore(today) ? today.plusDays(1) : last.plusDays(1))
                        .filter(calendar::isWorkingDay)
                        .count();
    }

    /**
     * Answers a letter; one that was not acknowledged is so with it.
     *
     * @param measures what the organisation will do
     * @param mendedBy the day by which it will be mended, today or later
     * @throws BulletinException if no answer is waited for
     */
    @Transactional
    public Letter answer(String id, @Nullable String measures, @Nullable LocalDate mendedBy) {
        Letter letter = get(id);
        Actor actor = access.require(ANSWER, letter.organisation());
        String text = Texts.required("measures", measures, LONGEST_MEASURES);
        LocalDate day = day(mendedBy);
        if (letter.state() == Letter.State.SENT) {
            acknowledge(letter, actor);
        }
        if (!store.answer(id, act(actor), text, day)) {
            throw stateOf(letter);
        }
        note(actor, letter, "answered", text, Map.of("mendedBy", day.toString(), "measures", text));
        flows.complete(letter.subject(), "answer", actor.username(), Map.of());
        return get(id);
    }

    private LocalDate day(@Nullable LocalDate mendedBy) {
        if (mendedBy == null) {
            throw BorderException.invalid("mendedBy", "border.required");
        }
        LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
        if (mendedBy.isBefore(today) || mendedBy.isAfter(today.plusYears(FURTHEST_YEARS))) {
            throw BorderException.invalid("mendedBy", "bulletin.mendedBy", FURTHEST_YEARS);
        }
        return mendedBy;
    }

    /** Accepts an answer; the process ends. */
    @Transactional
    public Letter accept(String id, @Nullable String reason) {
        return decide(
                id,
                Letter.State.ACCEPTED,
                Texts.optional("reason", reason, LONGEST_REASON),
                null,
                Map.of("decision", "ACCEPT"));
    }

    /** Returns an answer; another one is due within a deadline of its own. */
    @Transactional
    public Letter giveBack(String id, @Nullable String reason) {
        BulletinSettings.Deadline again = settings.again();
        return decide(
                id,
                Letter.State.RETURNED,
                Texts.required("reason", reason, LONGEST_REASON),
                calendar.deadline(clock.instant(), again.workingDays()),
                Map.of(
                        "decision",
                        "RETURN",
                        "answerDays",
                        again.workingDays(),
                        "answerReminders",
                        again.reminders()));
    }

    private Letter decide(
            String id,
            Letter.State state,
            String reason,
            @Nullable Instant due,
            Map<String, Object> variables) {
        Letter letter = get(id);
        Actor actor = access.require(Bulletins.SEND, letter.organisation());
        if (!store.decide(id, state, act(actor), reason, due)) {
            throw stateOf(letter);
        }
        String action = state == Letter.State.ACCEPTED ? "accepted" : "returned";
        note(actor, letter, action, reason, Map.of("reason", reason));
        flows.complete(letter.subject(), "check", actor.username(), variables);
        return get(id);
    }

    private Letter.Act act(Actor actor) {
        return new Letter.Act(clock.instant(), actor.username(), actor.name());
    }

    private BulletinException stateOf(Letter letter) {
        Letter.State state = find(letter.id()).map(Letter::state).orElse(letter.state());
        return BulletinException.letterState(organisations.name(letter.organisation()), state);
    }

    private void note(
            Actor actor, Letter letter, String action, String text, Map<String, String> detail) {
        store.addEvent(
                letter.id(),
                new Letter.Event(clock.instant(), actor.username(), actor.name(), action, text));
        Map<String, String> all = new java.util.HashMap<>(detail);
        all.put("month", letter.month().toString());
        all.put("organisation", letter.organisation());
        evidence.changed(actor.who(), "bulletin-letter." + action, letter.subject(), all);
    }
}

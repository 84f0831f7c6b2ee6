package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Author;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes and sends bulletins. A month has one bulletin, whose figures are frozen when it is made; it
 * is a draft that only the data office sees until it is sent.
 */
@Service
public class Bulletins {
    static final String READ = "bulletin:read";
    static final String SEND = "bulletin:send";
    static final String PROCESS = "bulletin-answer";
    private static final int LONGEST_WORD = 2000;

    private final BulletinStore store;
    private final LetterStore letters;
    private final FigureMaker maker;
    private final BulletinSettings settings;
    private final Covers covers;
    private final Flows flows;
    private final WorkingCalendar calendar;
    private final Organisations organisations;
    private final City city;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    Bulletins(
            BulletinStore store,
            LetterStore letters,
            FigureMaker maker,
            BulletinSettings settings,
            Covers covers,
            Flows flows,
            WorkingCalendar calendar,
            Organisations organisations,
            City city,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.letters = letters;
        this.maker = maker;
        this.settings = settings;
        this.covers = covers;
        this.flows = flows;
        this.calendar = calendar;
        this.organisations = organisations;
        this.city = city;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /** Bulletins with letters within reach of the actor, newest first. Sort: month. */
    @Transactional(readOnly = true)
    public Page<Bulletin.Counted> list(Slice slice) {
        Actor actor = access.actor();
        return store.list(reach(actor), actor.may(SEND), clock.instant(), slice);
    }

    /**
     * The bulletin of a month; a draft is there only for those who send it.
     *
     * @param month as yyyy-MM
     * @throws BulletinException if there is none
     */
    @Transactional(readOnly = true)
    public Bulletin.Counted get(String month) {
        return get(month(month));
    }

    private Bulletin.Counted get(YearMonth month) {
        Actor actor = access.actor();
        return store.find(month, reach(actor), clock.instant())
                .filter(b -> b.bulletin().state() == Bulletin.State.SENT || actor.may(SEND))
                .orElseThrow(() -> BulletinException.bulletinNotFound(month.toString()));
    }

    private static String[] reach(Actor actor) {
        return actor.reach(READ).toArray(String[]::new);
    }

    /** Codes of the organisations that get no letter, for those who send. */
    public List<String> leftOut(Bulletin bulletin) {
        return access.actor().may(SEND)
                ? letters.ofMonth(bulletin.month()).stream()
                        .filter(Letter::leftOut)
                        .map(Letter::organisation)
                        .toList()
                : List.of();
    }

    /** What people call the bulletin of a month. */
    public Words title(YearMonth month) {
        return covers.title(month);
    }

    /**
     * A month in an address or a form.
     *
     * @throws BulletinException if it is none
     */
    static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw BulletinException.bulletinNotFound(text);
        }
    }

    /**
     * Makes the bulletin of a month now.
     *
     * @throws BulletinException if the month has one, has not begun, or nothing was kept in it
     */
    @Transactional
    public Bulletin.Counted make(YearMonth month) {
        make(month, Author.of(access.actor()), access.actor().who());
        return get(month);
    }

    /** Makes the bulletin of a month by the platform itself. */
    @Transactional
    void makeAlone(YearMonth month) {
        make(month, Author.SYSTEM, Who.SYSTEM);
    }

    private void make(YearMonth month, Author author, Who who) {
        if (store.exists(month)) {
            throw BulletinException.exists(month);
        }
        FigureMaker.Whole whole = maker.figures(month);
        if (!store.add(month, whole.city(), clock.instant(), author.username(), author.name())) {
            throw BulletinException.exists(month);
        }
        whole.letters().forEach(l -> letters.add(Identifiers.next(), month, l));
        evidence.changed(
                who,
                "bulletin.made",
                "bulletin:" + month,
                Map.of("letters", Integer.toString(whole.letters().size())));
    }

    /**
     * Changes a draft; what is null stays.
     *
     * @param word what the data office adds
     * @param leftOut codes of just those organisations that get no letter
     * @param version the version that the change is based on
     */
    @Transactional
    public Bulletin.Counted change(
            String month, @Nullable String word, @Nullable Set<String> leftOut, long version) {
        Bulletin bulletin = draft(month(month));
        Versions.check(version, bulletin.version());
        String given = word == null ? bulletin.word() : Texts.optional("word", word, LONGEST_WORD);
        Map<String, String> detail = new HashMap<>(Map.of("word", given));
        if (leftOut != null) {
            refuseUnknown(bulletin.month(), leftOut);
            letters.leaveOut(bulletin.month(), leftOut);
            detail.put("leftOut", String.join(",", new TreeSet<>(leftOut)));
        }
        store.word(bulletin.month(), given);
        evidence.changed(access.actor().who(), "bulletin.changed", bulletin.subject(), detail);
        return get(bulletin.month());
    }

    private void refuseUnknown(YearMonth month, Set<String> leftOut) {
        Set<String> known =
                letters.ofMonth(month).stream()
                        .map(Letter::organisation)
                        .collect(Collectors.toSet());
        for (String each : leftOut) {
            if (!known.contains(each)) {
                throw BorderException.invalid("leftOut", "bulletin.noLetter", each);
            }
        }
    }

    private Bulletin draft(YearMonth month) {
        Bulletin bulletin =
                store.lock(month)
                        .orElseThrow(() -> BulletinException.bulletinNotFound(month.toString()));
        if (bulletin.state() == Bulletin.State.SENT) {
            throw BulletinException.sent(month);
        }
        return bulletin;
    }

    /**
     * Sends a draft: every letter that is not left out begins its process, and its clocks run.
     *
     * @throws BulletinException if it has been sent
     */
    @Transactional
    public Bulletin.Counted send(String month) {
        Bulletin bulletin = draft(month(month));
        Actor actor = access.actor();
        Instant now = clock.instant();
        Instant due = calendar.deadline(now, settings.answer().workingDays());
        List<Letter> going =
                letters.ofMonth(bulletin.month()).stream().filter(l -> !l.leftOut()).toList();
        store.sent(bulletin.month(), now, actor.username(), actor.name());
        for (Letter letter : going) {
            letters.sent(letter.id(), now, due);
            letters.addEvent(
                    letter.id(), new Letter.Event(now, actor.username(), actor.name(), "sent", ""));
            flows.start(PROCESS, letter.subject(), variables(letter));
        }
        evidence.changed(
                actor.who(),
                "bulletin.sent",
                bulletin.subject(),
                Map.of("letters", Integer.toString(going.size()), "due", due.toString()));
        return get(bulletin.month());
    }

    private Map<String, Object> variables(Letter letter) {
        Words title = covers.title(letter.month());
        Words name =
                organisations
                        .find(letter.organisation())
                        .map(Organisation::name)
                        .orElse(new Words(letter.organisation(), letter.organisation()));
        Map<String, Object> variables = new HashMap<>();
        variables.put("letter", letter.id());
        variables.put("organisation", letter.organisation());
        variables.put("organisationZh", name.zh());
        variables.put("organisationEn", name.en());
        variables.put("office", settings.office().code());
        variables.put("titleZh", title.zh());
        variables.put("titleEn", title.en());
        variables.put("acknowledgeDays", settings.acknowledge().workingDays());
        variables.put("acknowledgeReminders", settings.acknowledge().reminders());
        variables.put("answerDays", settings.answer().workingDays());
        variables.put("answerReminders", settings.answer().reminders());
        return variables;
    }

    /** The month that was the last to end, in the city. */
    YearMonth lastMonth() {
        return YearMonth.from(clock.instant().atZone(city.zone())).minusMonths(1);
    }
}

package cn.tiaoxi.platform.bulletin.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.bulletin.Bulletins;
import cn.tiaoxi.platform.bulletin.Figures;
import cn.tiaoxi.platform.bulletin.Letter;
import cn.tiaoxi.platform.bulletin.Letters;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Diagram;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Letters as they stand in answers. */
@Component
class LetterViews {
    private final Letters letters;
    private final Bulletins bulletins;
    private final BulletinViews figures;
    private final Organisations organisations;
    private final WorkingCalendar calendar;
    private final Access access;
    private final Clock clock;

    LetterViews(
            Letters letters,
            Bulletins bulletins,
            BulletinViews figures,
            Organisations organisations,
            WorkingCalendar calendar,
            Access access,
            Clock clock) {
        this.letters = letters;
        this.bulletins = bulletins;
        this.figures = figures;
        this.organisations = organisations;
        this.calendar = calendar;
        this.access = access;
        this.clock = clock;
    }

    /** Who did something, and when. */
    record ActView(Instant time, String by) {
        static @Nullable ActView from(Letter.@Nullable Act act) {
            return act == null ? null : new ActView(act.time(), act.byName());
        }
    }

    /** What the organisation answered, and what the data office said to it. */
    record AnswerView(
            ActView answered,
            String measures,
            @Nullable LocalDate mendedBy,
            @Nullable ActView decided,
            @Nullable String reason) {}

    /** The words in front. */
    record CoverView(
            String title,
            String greeting,
            List<String> body,
            String word,
            String closing,
            String office) {}

    /** Something that happened to the letter. */
    record EventView(Instant time, String actor, String action, String text) {}

    /** A letter in an answer; rows of lists leave out cover, figures, process and timeline. */
    record LetterView(
            String id,
            String month,
            String title,
            Organisations.Named organisation,
            Organisation.Kind kind,
            BulletinViews.RateView rate,
            @Nullable Double change,
            int place,
            int places,
            boolean leftOut,
            Letter.State state,
            @Nullable Instant sent,
            @Nullable Instant due,
            @Nullable Long remainingWorkingMinutes,
            boolean overdue,
            boolean escalated,
            @Nullable ActView acknowledged,
            @Nullable AnswerView answer,
            String sha256,
            @Nullable CoverView cover,
            BulletinViews.@Nullable FiguresView figures,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline,
            List<Allowed> allowed,
            long version) {}

    LetterView row(Letter letter) {
        return view(letter, null, null, null, null);
    }

    LetterView whole(Letter letter) {
        Figures said = letters.figures(letter);
        return view(
                letter,
                cover(letter, said.cover()),
                figures.figures(said),
                letters.diagram(letter).orElse(null),
                letters.events(letter).stream()
                        .map(e -> new EventView(e.time(), e.actorName(), e.action(), e.text()))
                        .toList());
    }

    String word(Letter letter) {
        return bulletins.get(letter.month().toString()).bulletin().word();
    }

    private @Nullable CoverView cover(Letter letter, Figures.@Nullable Cover cover) {
        return cover == null
                ? null
                : new CoverView(
                        cover.title().shown(),
                        cover.greeting().shown(),
                        cover.body().stream().map(Words::shown).toList(),
                        word(letter),
                        cover.closing().shown(),
                        cover.office().shown());
    }

    private LetterView view(
            Letter letter,
            @Nullable CoverView cover,
            BulletinViews.@Nullable FiguresView said,
            @Nullable Diagram process,
            @Nullable List<EventView> timeline) {
        Instant now = clock.instant();
        Instant due = letter.due();
        return new LetterView(
                letter.id(),
                letter.month().toString(),
                bulletins.title(letter.month()).shown(),
                organisations.named(letter.organisation()),
                letter.kind(),
                BulletinViews.RateView.from(letter.own()),
                letter.change(),
                letter.place(),
                letter.places(),
                letter.leftOut(),
                letter.state(),
                letter.sent(),
                due,
                due == null || !letter.state().waits()
                        ? null
                        : calendar.workingTime(now, due).toMinutes(),
                letter.overdue(now),
                process != null && letters.isEscalated(letter),
                ActView.from(letter.acknowledged()),
                answer(letter),
                letter.sha256(),
                cover,
                said,
                process,
                timeline,
                allowed(letter),
                letter.version());
    }

    private static @Nullable AnswerView answer(Letter letter) {
        ActView answered = ActView.from(letter.answered());
        String measures = letter.measures();
        return answered == null || measures == null
                ? null
                : new AnswerView(
                        answered,
                        measures,
                        letter.mendedBy(),
                        ActView.from(letter.decided()),
                        letter.decidedReason());
    }

    private List<Allowed> allowed(Letter letter) {
        Actor actor = access.actor();
        boolean answers = actor.may("bulletin:answer", letter.organisation());
        boolean sends = actor.may("bulletin:send", letter.organisation());
        Letter.State state = letter.state();
        return List.of(
                allowed("acknowledge", answers, state == Letter.State.SENT),
                allowed("answer", answers, state.waits()),
                allowed("accept", sends, state == Letter.State.ANSWERED),
                allowed("return", sends, state == Letter.State.ANSWERED));
    }

    private static Allowed allowed(String action, boolean permitted, boolean possible) {
        return Allowed.of(
                action,
                permitted ? Allowed.unless(possible, "LETTER_STATE") : "PERMISSION_MISSING");
    }
}

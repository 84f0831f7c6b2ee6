package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.TaskAssigned;
import cn.tiaoxi.platform.flow.TaskEscalated;
import cn.tiaoxi.platform.flow.TaskReminded;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.workbench.Messages;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people what concerns them about letters, in the transaction of the change. */
@Component
class BulletinNotices {
    private static final String ACKNOWLEDGE = "bulletin.acknowledge";
    private static final String ANSWER = "bulletin.answer";
    private static final String CHECK = "bulletin.check";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Messages messages;
    private final MessageSource texts;
    private final LetterStore letters;
    private final Covers covers;
    private final BulletinSettings settings;
    private final People people;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    BulletinNotices(
            Messages messages,
            MessageSource texts,
            LetterStore letters,
            Covers covers,
            BulletinSettings settings,
            People people,
            Organisations organisations,
            City city,
            Clock clock) {
        this.messages = messages;
        this.texts = texts;
        this.letters = letters;
        this.covers = covers;
        this.settings = settings;
        this.people = people;
        this.organisations = organisations;
        this.city = city;
        this.clock = clock;
    }

    /** A letter came, its answer was returned, or an answer waits for the data office. */
    @EventListener
    void assigned(TaskAssigned event) {
        FlowTask task = event.task();
        Letter letter = letterOf(task).orElse(null);
        if (letter == null) {
            return;
        }
        switch (task.kind()) {
            case ACKNOWLEDGE -> tell(event.people(), letter, task, "waits", task.id());
            case ANSWER -> {
                if (letter.state() == Letter.State.RETURNED) {
                    tell(event.people(), letter, task, "returned", task.id());
                }
            }
            case CHECK -> tell(event.people(), letter, task, "answered", task.id());
            default -> {}
        }
    }

    /** What was missed while the platform stood still is told once. */
    @EventListener
    void reminded(TaskReminded event) {
        String day = clock.instant().atZone(city.zone()).toLocalDate().toString();
        letterOf(event.task())
                .ifPresent(
                        l ->
                                tell(
                                        event.people(),
                                        l,
                                        event.task(),
                                        "near",
                                        event.task().id() + ":" + day));
    }

    /**
     * A deadline passed, or the organisation has nobody who could answer: besides them the data
     * office is told, and those of the city's roles in the organisation.
     */
    @EventListener
    void escalated(TaskEscalated event) {
        FlowTask task = event.task();
        letterOf(task)
                .ifPresent(
                        letter -> {
                            Set<String> told = new HashSet<>(event.people());
                            told.addAll(people.holders(Bulletins.SEND, settings.office().code()));
                            people.active().stream()
                                    .filter(p -> isAbove(p, letter))
                                    .map(Person::username)
                                    .forEach(told::add);
                            Instant due = task.due();
                            boolean passed = due != null && !clock.instant().isBefore(due);
                            tell(told, letter, task, passed ? "passed" : "unattended", task.id());
                        });
    }

    private boolean isAbove(Person person, Letter letter) {
        return person.organisation().equals(letter.organisation())
                && !Collections.disjoint(person.roles(), settings.rolesOfEscalation());
    }

    private Optional<Letter> letterOf(FlowTask task) {
        String prefix = Letter.subject("");
        return task.subject().startsWith(prefix)
                ? letters.find(task.subject().substring(prefix.length()))
                : Optional.empty();
    }

    private void tell(Set<String> told, Letter letter, FlowTask task, String what, String about) {
        String key = "bulletin.message." + what;
        Words title = words(key + ".title", letter, task.due());
        Words text = words(key + ".text", letter, task.due());
        told.forEach(
                p ->
                        messages.send(
                                p,
                                "bulletin." + what + ":" + about,
                                title,
                                text,
                                "/bulletins/letters/" + letter.id()));
    }

    private Words words(String key, Letter letter, @Nullable Instant due) {
        return new Words(
                text(Locale.SIMPLIFIED_CHINESE, key, letter, due),
                text(Locale.ENGLISH, key, letter, due));
    }

    private String text(Locale language, String key, Letter letter, @Nullable Instant due) {
        String organisation =
                organisations
                        .find(letter.organisation())
                        .map(Organisation::name)
                        .map(n -> n.in(language))
                        .orElse(letter.organisation());
        String reason = letter.decidedReason();
        Object[] named = {
            covers.title(letter.month()).in(language),
            organisation,
            due == null ? "" : MINUTE.format(due.atZone(city.zone())),
            reason == null ? "" : reason
        };
        return texts.getMessage(key, named, language);
    }
}

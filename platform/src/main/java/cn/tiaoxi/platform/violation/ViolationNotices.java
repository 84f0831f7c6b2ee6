package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.TaskAssigned;
import cn.tiaoxi.platform.flow.TaskEscalated;
import cn.tiaoxi.platform.flow.TaskReminded;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.personnel.KeyPerson;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.workbench.Messages;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people what concerns them about cases, in the transaction of the change. */
@Component
class ViolationNotices {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Messages messages;
    private final MessageSource texts;
    private final CaseStore store;
    private final SeenStore seen;
    private final ViolationTerms terms;
    private final Personnel personnel;
    private final People people;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    ViolationNotices(
            Messages messages,
            MessageSource texts,
            CaseStore store,
            SeenStore seen,
            ViolationTerms terms,
            Personnel personnel,
            People people,
            Organisations organisations,
            City city,
            Clock clock) {
        this.messages = messages;
        this.texts = texts;
        this.store = store;
        this.seen = seen;
        this.terms = terms;
        this.personnel = personnel;
        this.people = people;
        this.organisations = organisations;
        this.city = city;
        this.clock = clock;
    }

    @EventListener
    void assigned(TaskAssigned event) {
        FlowTask task = event.task();
        ViolationCase one = caseOf(task).orElse(null);
        if (one == null) {
            return;
        }
        switch (task.kind()) {
            case "violation.answer" -> {
                tell(concerned(one), one, "noticed", one.id(), task.due());
                tell(office(), one, "opened", one.id(), task.due());
            }
            case "violation.judge" -> tell(event.people(), one, "judge", task.id(), task.due());
            default -> {}
        }
    }

    @EventListener
    void reminded(TaskReminded event) {
        FlowTask task = event.task();
        caseOf(task)
                .ifPresent(
                        one -> {
                            Set<String> told =
                                    Violations.ASKING.contains(one.state())
                                            ? concerned(one)
                                            : event.people();
                            String day = MINUTE.format(clock.instant().atZone(city.zone()));
                            tell(told, one, "near", task.id() + ":" + day, task.due());
                        });
    }

    /** A deadline of the office's passed, or nobody is there who could answer. */
    @EventListener
    void escalated(TaskEscalated event) {
        FlowTask task = event.task();
        caseOf(task).ifPresent(one -> tell(event.people(), one, "passed", task.id(), task.due()));
    }

    /** The rule fired again while the case is open. */
    void repeated(ViolationCase one) {
        Set<String> told = new HashSet<>(concerned(one));
        told.addAll(office());
        tell(told, one, "repeated", one.id() + ":" + clock.instant(), null);
    }

    /** The case moved on by itself. */
    void step(ViolationCase one, String what) {
        Set<String> told = new HashSet<>(concerned(one));
        told.addAll(office());
        tell(told, one, what, one.id() + ":" + one.version(), null);
    }

    /** The data office judged, or lifted what was imposed. */
    void judged(ViolationCase one, String what) {
        tell(concerned(one), one, what, one.id() + ":" + one.version(), one.rectifyDue());
    }

    private Set<String> office() {
        return people.holders(Violations.JUDGE, terms.office());
    }

    /** Those who may answer without those who may for the whole city, and who is responsible. */
    private Set<String> concerned(ViolationCase one) {
        Set<String> told = new HashSet<>();
        for (String each : people.holders(Violations.ANSWER, one.organisation())) {
            if (!people.actorOf(each).mayEverywhere(Violations.ANSWER)) {
                told.add(each);
            }
        }
        String responsible =
                one.against() == ViolationRule.Against.APPLICATION
                        ? seen.responsible(one.subject())
                        : null;
        if (responsible != null) {
            personnel.all(List.of(responsible)).stream()
                    .map(KeyPerson::username)
                    .filter(Objects::nonNull)
                    .forEach(told::add);
        }
        return told;
    }

    private Optional<ViolationCase> caseOf(FlowTask task) {
        String prefix = ViolationCase.flow("");
        return task.subject().startsWith(prefix)
                ? store.find(task.subject().substring(prefix.length()))
                : Optional.empty();
    }

    private void tell(
            Set<String> told, ViolationCase one, String what, String about, @Nullable Instant due) {
        Function<Locale, Object[]> named =
                language ->
                        new Object[] {
                            one.title().in(language),
                            organisations
                                    .find(one.organisation())
                                    .map(o -> o.name().in(language))
                                    .orElse(one.organisation()),
                            due == null ? "" : MINUTE.format(due.atZone(city.zone())),
                            one.number(),
                            Objects.requireNonNullElse(one.judgementReason(), "")
                        };
        String key = "violation.message." + what;
        for (String username : told) {
            messages.send(
                    username,
                    "violation." + what + ":" + about,
                    words(key + ".title", named),
                    words(key + ".text", named),
                    "/violations/" + one.id());
        }
    }

    private Words words(String key, Function<Locale, Object[]> named) {
        return new Words(
                text(key, named, Locale.SIMPLIFIED_CHINESE), text(key, named, Locale.ENGLISH));
    }

    private String text(String key, Function<Locale, Object[]> named, Locale language) {
        return texts.getMessage(key, named.apply(language), language);
    }
}

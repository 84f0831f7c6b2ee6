package cn.tiaoxi.platform.usage;

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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people what concerns them about idle grants, in the transaction of the change. */
@Component
class ReclaimNotices {
    private static final String REVOKE = "grant:revoke";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private final Messages messages;
    private final MessageSource texts;
    private final ReclaimStore store;
    private final IdleStore grants;
    private final UsageTerms terms;
    private final Personnel personnel;
    private final People people;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    ReclaimNotices(
            Messages messages,
            MessageSource texts,
            ReclaimStore store,
            IdleStore grants,
            UsageTerms terms,
            Personnel personnel,
            People people,
            Organisations organisations,
            City city,
            Clock clock) {
        this.messages = messages;
        this.texts = texts;
        this.store = store;
        this.grants = grants;
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
        ReclaimCase one = caseOf(task).orElse(null);
        if (one == null) {
            return;
        }
        switch (task.kind()) {
            case "usage.answer" -> {
                tell(callers(one, event.people()), one, "asked", task.due());
                tell(near(REVOKE, one.owner()), one, "opened", task.due());
            }
            case "usage.lastCall" ->
                    tell(callers(one, event.people()), one, "lastCall", task.due());
            case "usage.decide" ->
                    tell(
                            event.people(),
                            one,
                            one.state() == ReclaimCase.State.DOUBTFUL ? "doubtful" : "claimed",
                            task.due());
            default -> {}
        }
    }

    /** What was missed while the platform stood still is told once. */
    @EventListener
    void reminded(TaskReminded event) {
        FlowTask task = event.task();
        caseOf(task)
                .ifPresent(
                        one -> {
                            Set<String> told =
                                    one.state().asksCaller()
                                            ? callers(one, event.people())
                                            : event.people();
                            String day = DAY.format(clock.instant().atZone(city.zone()));
                            tell(told, one, "near", task.id() + ":" + day, task.due());
                        });
    }

    /** A deadline of the owner's passed, or nobody is there who could answer or decide. */
    @EventListener
    void escalated(TaskEscalated event) {
        FlowTask task = event.task();
        caseOf(task)
                .ifPresent(
                        one -> {
                            Instant due = task.due();
                            boolean passed = due != null && !clock.instant().isBefore(due);
                            String what = passed ? "passed" : "unattended";
                            tell(event.people(), one, what, task.id(), due);
                        });
    }

    /** The caller did not answer in time: the owner and the data office know. */
    void warned(ReclaimCase one) {
        Set<String> told = new HashSet<>(near(REVOKE, one.owner()));
        told.addAll(office());
        tell(told, one, "warned", null);
    }

    /** The case has ended: both sides know how. */
    void settled(ReclaimCase one) {
        Set<String> told = new HashSet<>(callers(one, near(Reclaims.ANSWER, one.organisation())));
        told.addAll(near(REVOKE, one.owner()));
        tell(told, one, "settled." + one.state().name(), null);
    }

    /** A grant is about to end: who holds it may ask again, who gave it knows. */
    void ending(IdleStore.Idle grant, int daysBefore) {
        Set<String> told = new HashSet<>(near("request:create", grant.organisation()));
        addIfThere(told, grant.applicant());
        told.addAll(responsible(grant));
        String about = grant.grant() + ":" + grant.validUntil() + ":" + daysBefore;
        String ask =
                "/requests/new?interface="
                        + grant.interfaceId()
                        + "&application="
                        + grant.application();
        Function<Locale, Object[]> named =
                language ->
                        new Object[] {
                            grant.title().in(language),
                            name(grant.organisation(), language),
                            name(grant.owner(), language),
                            DAY.format(grant.validUntil().atZone(city.zone()))
                        };
        told.forEach(p -> send(p, "ending", about, named, ask));
        Set<String> owners = new HashSet<>(near(REVOKE, grant.owner()));
        owners.removeAll(told);
        owners.forEach(p -> send(p, "endingGiven", about, named, "/grants/" + grant.grant()));
    }

    private Set<String> office() {
        return people.holders(Reclaims.MANAGE, terms.office());
    }

    /** Those who answer for the caller: its people, who asked for it, who answers for its keys. */
    private Set<String> callers(ReclaimCase one, Set<String> near) {
        Set<String> told = new HashSet<>(near);
        grants.find(one.grant(), clock.instant(), city.zone().getId())
                .ifPresent(
                        g -> {
                            addIfThere(told, g.applicant());
                            told.addAll(responsible(g));
                        });
        return told;
    }

    private void addIfThere(Set<String> told, String username) {
        people.byUsername(username).ifPresent(p -> told.add(username));
    }

    private Set<String> responsible(IdleStore.Idle grant) {
        return grant.responsible().isEmpty()
                ? Set.of()
                : personnel.all(List.of(grant.responsible())).stream()
                        .map(KeyPerson::username)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }

    /** Those who may for the organisation, without those who may for the whole city. */
    private Set<String> near(String permission, String organisation) {
        return people.holders(permission, organisation).stream()
                .filter(u -> !people.actorOf(u).mayEverywhere(permission))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<ReclaimCase> caseOf(FlowTask task) {
        String prefix = ReclaimCase.subject("");
        return task.subject().startsWith(prefix)
                ? store.find(task.subject().substring(prefix.length()))
                : Optional.empty();
    }

    private void tell(Set<String> told, ReclaimCase one, String what, @Nullable Instant due) {
        tell(told, one, what, one.id(), due);
    }

    private void tell(
            Set<String> told, ReclaimCase one, String what, String about, @Nullable Instant due) {
        Function<Locale, Object[]> named =
                language ->
                        new Object[] {
                            one.title().in(language),
                            name(one.organisation(), language),
                            name(one.owner(), language),
                            due == null ? "" : MINUTE.format(due.atZone(city.zone())),
                            one.idleDays(),
                            Objects.requireNonNullElse(one.claim(), ""),
                            Objects.requireNonNullElse(one.reason(), ""),
                            terms.restoreDays()
                        };
        told.forEach(p -> send(p, what, about, named, "/reclaims/" + one.id()));
    }

    private void send(
            String username,
            String what,
            String about,
            Function<Locale, Object[]> named,
            String link) {
        String key = "usage.message." + what;
        messages.send(
                username,
                "usage." + what + ":" + about,
                words(key + ".title", named),
                words(key + ".text", named),
                link);
    }

    private Words words(String key, Function<Locale, Object[]> named) {
        return new Words(
                text(key, named, Locale.SIMPLIFIED_CHINESE), text(key, named, Locale.ENGLISH));
    }

    private String text(String key, Function<Locale, Object[]> named, Locale language) {
        return texts.getMessage(key, named.apply(language), language);
    }

    private String name(String organisation, Locale language) {
        return organisations
                .find(organisation)
                .map(o -> o.name().in(language))
                .orElse(organisation);
    }
}

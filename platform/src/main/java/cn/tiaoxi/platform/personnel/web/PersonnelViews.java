package cn.tiaoxi.platform.personnel.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.personnel.Attendance;
import cn.tiaoxi.platform.personnel.KeyPerson;
import cn.tiaoxi.platform.personnel.Loss;
import cn.tiaoxi.platform.personnel.LossReason;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.personnel.PersonnelTerms;
import cn.tiaoxi.platform.personnel.Reached;
import cn.tiaoxi.platform.personnel.Trainings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Key persons, vendors and what they reach, as answers show them. */
@Component
class PersonnelViews {
    private final Personnel personnel;
    private final Trainings trainings;
    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Organisations organisations;
    private final People people;

    PersonnelViews(
            Personnel personnel,
            Trainings trainings,
            PersonnelTerms terms,
            Ledger ledger,
            Organisations organisations,
            People people) {
        this.personnel = personnel;
        this.trainings = trainings;
        this.terms = terms;
        this.ledger = ledger;
        this.organisations = organisations;
        this.people = people;
    }

    /** An entry by its title. */
    record Titled(String id, String title, String link) {}

    /** A reason against access. */
    record ReasonView(LossReason code, String text) {}

    /** A key person in an answer. */
    record PersonView(
            String entry,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            @Nullable Titled vendor,
            int applications,
            @Nullable String username,
            @Nullable LocalDate clearanceUntil,
            @Nullable LocalDate contractUntil,
            @Nullable LocalDate trainedUntil,
            boolean over,
            boolean good,
            boolean lost,
            List<ReasonView> reasons,
            String link) {}

    /** An account in an answer. */
    record AccountView(
            String id,
            String username,
            boolean active,
            Organisations.Named organisation,
            @Nullable Instant lastSignIn,
            long sessions) {}

    /** Something reached, in an answer. */
    record ReachedView(
            Reached.Kind kind,
            String id,
            String title,
            String detail,
            String link,
            boolean active,
            boolean lost) {
        static ReachedView of(Reached each) {
            return new ReachedView(
                    each.kind(),
                    each.id(),
                    each.title(),
                    each.detail(),
                    each.link(),
                    each.active(),
                    each.lost());
        }
    }

    /**
     * A loss in an answer.
     *
     * @param byClock whether nobody did it but the clock
     */
    record LossView(
            String id,
            List<ReasonView> reasons,
            Instant time,
            String byName,
            boolean byClock,
            @Nullable Instant restored,
            @Nullable String restoredByName,
            @Nullable String restoredReason) {}

    /** A training that a key person was noted for. */
    record TrainingView(
            Titled training,
            @Nullable String day,
            boolean attended,
            @Nullable BigDecimal score,
            boolean passed,
            @Nullable LocalDate validUntil) {}

    /** A key person with all that is reached. */
    record ReachView(
            PersonView person,
            @Nullable AccountView account,
            List<ReachedView> reached,
            List<LossView> losses,
            List<TrainingView> trainings,
            List<Allowed> acts) {}

    /**
     * What a change would take away.
     *
     * @param reasons reasons against access that come up with it; without one nothing ends
     * @param reached what ends
     * @param sessions open sessions that are cut off
     */
    record AheadView(List<ReasonView> reasons, List<ReachedView> reached, long sessions) {}

    /** A vendor with all that it reaches. */
    record VendorReach(
            Titled vendor,
            String state,
            String stateName,
            boolean lost,
            List<ReachedView> reached,
            List<LossView> losses) {}

    /** A page of key persons, their vendors looked up together. */
    Page<PersonView> people(Page<KeyPerson> page) {
        Map<String, Entry> vendors =
                personnel.vendors(
                        page.items().stream()
                                .map(KeyPerson::vendor)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList());
        return page.map(p -> person(p, vendors));
    }

    PersonView person(KeyPerson person) {
        String vendor = person.vendor();
        return person(person, vendor == null ? Map.of() : personnel.vendors(List.of(vendor)));
    }

    private PersonView person(KeyPerson person, Map<String, Entry> vendors) {
        String type = terms.person().ledger();
        Entry vendor = vendors.get(Objects.requireNonNullElse(person.vendor(), ""));
        return new PersonView(
                person.entry(),
                person.code(),
                person.title(),
                organisations.named(person.organisation()),
                person.state(),
                ledger.type(type).stateName(person.state()),
                vendor == null ? null : titled(vendor),
                person.applications().size(),
                person.username(),
                person.clearanceUntil(),
                person.contractUntil(),
                person.trainedUntil(),
                person.over(),
                person.inGoodStanding(),
                person.loss() != null,
                reasons(person.reasons()),
                "/ledgers/" + type + "/" + person.entry());
    }

    private Titled titled(Entry entry) {
        return new Titled(entry.id(), entry.title(), ledger.link(entry));
    }

    private List<ReasonView> reasons(List<LossReason> reasons) {
        return reasons.stream().map(r -> new ReasonView(r, personnel.inWords(List.of(r)))).toList();
    }

    String title(@Nullable Titled titled) {
        return titled == null ? "" : titled.title();
    }

    String inWords(List<ReasonView> reasons) {
        return personnel.inWords(reasons.stream().map(ReasonView::code).toList());
    }

    ReachView reach(KeyPerson person, List<Allowed> acts) {
        List<Attendance> attended = personnel.trainings(person);
        Map<String, Entry> entries = trainings.entries(attended);
        return new ReachView(
                person(person),
                personnel.account(person).map(this::account).orElse(null),
                personnel.reach(person).stream().map(ReachedView::of).toList(),
                losses(person.entry()),
                attended.stream()
                        .filter(a -> entries.containsKey(a.training()))
                        .map(a -> training(a, Objects.requireNonNull(entries.get(a.training()))))
                        .toList(),
                acts);
    }

    private AccountView account(Person account) {
        return new AccountView(
                account.id(),
                account.username(),
                account.active(),
                organisations.named(account.organisation()),
                account.lastSignIn(),
                people.sessions(account.id()));
    }

    private TrainingView training(Attendance each, Entry entry) {
        return new TrainingView(
                titled(entry),
                entry.text(terms.training().date()),
                each.attended(),
                each.score(),
                each.passed(),
                each.validUntil());
    }

    private List<LossView> losses(String subject) {
        return personnel.losses(subject).stream().map(this::loss).toList();
    }

    private LossView loss(Loss each) {
        return new LossView(
                each.id(),
                reasons(each.reasons()),
                each.time(),
                each.byName(),
                each.by().equals(Who.SYSTEM.name()),
                each.restored(),
                each.restoredByName(),
                each.restoredReason());
    }

    VendorReach vendorReach(Entry vendor) {
        List<LossView> losses = losses(vendor.id());
        return new VendorReach(
                titled(vendor),
                vendor.state(),
                ledger.type(vendor.type()).stateName(vendor.state()),
                losses.stream().anyMatch(l -> l.restored() == null),
                personnel.reach(vendor).stream().map(ReachedView::of).toList(),
                losses);
    }

    AheadView ahead(KeyPerson person, List<LossReason> reasons) {
        return ahead(
                reasons,
                personnel.reach(person),
                personnel.account(person).map(a -> people.sessions(a.id())).orElse(0L));
    }

    AheadView ahead(Entry vendor, List<LossReason> reasons) {
        return ahead(reasons, personnel.reach(vendor), 0);
    }

    private AheadView ahead(List<LossReason> reasons, List<Reached> reached, long sessions) {
        if (reasons.isEmpty()) {
            return new AheadView(List.of(), List.of(), 0);
        }
        return new AheadView(
                reasons(reasons),
                reached.stream().filter(r -> r.active() && r.lost()).map(ReachedView::of).toList(),
                sessions);
    }
}

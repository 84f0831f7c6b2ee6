package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Knows key persons and vendors and what they may reach. */
@Service
public class Personnel {
    private static final String READ = "personnel:read";

    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final KeyPersonStore store;
    private final LossStore losses;
    private final AttendanceStore attendance;
    private final AccessGuard guard;
    private final KeyPersonFacts facts;
    private final PersonnelNotices notices;
    private final People people;
    private final Roles roles;
    private final Access access;
    private final ObjectProvider<ReachSource> sources;

    Personnel(
            PersonnelTerms terms,
            Ledger ledger,
            KeyPersonStore store,
            LossStore losses,
            AttendanceStore attendance,
            AccessGuard guard,
            KeyPersonFacts facts,
            PersonnelNotices notices,
            People people,
            Roles roles,
            Access access,
            ObjectProvider<ReachSource> sources) {
        this.terms = terms;
        this.ledger = ledger;
        this.store = store;
        this.losses = losses;
        this.attendance = attendance;
        this.guard = guard;
        this.facts = facts;
        this.notices = notices;
        this.people = people;
        this.roles = roles;
        this.access = access;
        this.sources = sources;
    }

    /** Key persons within reach of the actor. */
    @Transactional(readOnly = true)
    public Page<KeyPerson> list(KeyPersonFilter filter, Slice slice) {
        return store.list(filter, slice);
    }

    /**
     * A key person within reach of the actor.
     *
     * @throws PersonnelException if there is none
     */
    public KeyPerson get(String entry) {
        KeyPerson person = known(entry);
        access.require(READ, person.organisation());
        return person;
    }

    private KeyPerson known(String entry) {
        return store.find(entry).orElseThrow(() -> PersonnelException.personNotFound(entry));
    }

    /**
     * A vendor's entry within reach of the actor.
     *
     * @throws PersonnelException if there is none
     */
    public Entry vendor(String entry) {
        Entry vendor =
                ledger.find(terms.vendor().ledger(), entry)
                        .orElseThrow(() -> PersonnelException.vendorNotFound(entry));
        access.require(READ, vendor.organisation());
        return vendor;
    }

    /** The vendors of these entries, by entry. */
    public Map<String, Entry> vendors(List<String> entries) {
        return ledger.all(terms.vendor().ledger(), entries);
    }

    /** All that a key person reaches: account, applications of the ledger, what modules know. */
    @Transactional(readOnly = true)
    public List<Reached> reach(KeyPerson person) {
        List<Reached> all = new ArrayList<>();
        account(person).ifPresent(a -> all.add(reached(a)));
        String type = terms.application().ledger();
        ledger.all(type, person.applications()).values().forEach(e -> all.add(reached(type, e)));
        all.addAll(facts.reached(person));
        return all;
    }

    private Reached reached(Person account) {
        boolean english = LocaleContextHolder.getLocale().getLanguage().equals("en");
        String names =
                String.join(
                        english ? ", " : "、",
                        account.roles().stream().sorted().map(roles::name).toList());
        return new Reached(
                Reached.Kind.ACCOUNT,
                account.username(),
                account.username(),
                names,
                "/settings/people/" + account.id(),
                account.active(),
                true);
    }

    private Reached reached(String type, Entry application) {
        return new Reached(
                Reached.Kind.APPLICATION,
                application.id(),
                application.title(),
                ledger.type(type).stateName(application.state()),
                ledger.link(application),
                ledger.type(type).counts(application.state()),
                false);
    }

    /** All that a vendor reaches: its people, and what modules know of its applications. */
    @Transactional(readOnly = true)
    public List<Reached> reach(Entry vendor) {
        List<Reached> all = new ArrayList<>();
        for (KeyPerson each : store.ofVendor(vendor.id())) {
            if (!each.over()) {
                boolean on = account(each).filter(Person::active).isPresent();
                all.add(
                        new Reached(
                                Reached.Kind.PERSON,
                                each.entry(),
                                each.title(),
                                each.username() == null ? "" : each.username(),
                                "/personnel/" + each.entry(),
                                on || each.inGoodStanding(),
                                true));
            }
        }
        List<String> applications = guard.applications(vendor.id());
        String type = terms.application().ledger();
        ledger.all(type, applications).values().forEach(e -> all.add(reached(type, e)));
        sources.stream().forEach(s -> all.addAll(s.ofVendor(vendor.id(), applications)));
        return all;
    }

    /** The account of a key person, if there is one. */
    public Optional<Person> account(KeyPerson person) {
        String username = person.username();
        return username == null ? Optional.empty() : people.byUsername(username);
    }

    /** Losses of a key person or a vendor, newest first. */
    public List<Loss> losses(String subject) {
        return losses.of(subject);
    }

    /** The trainings of a key person. */
    public List<Attendance> trainings(KeyPerson person) {
        return attendance.ofPerson(person.entry());
    }

    /** Reasons as people read them, in the language of the request under way. */
    public String inWords(List<LossReason> reasons) {
        return inWords(reasons, LocaleContextHolder.getLocale());
    }

    /** Reasons as people read them. */
    public String inWords(List<LossReason> reasons, Locale locale) {
        return notices.inWords(reasons, locale);
    }

    /**
     * A key person who may be given something new to reach; it cannot be lost before the
     * transaction under way ends.
     *
     * @throws PersonnelException if there is none, or the person has no right to access
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public KeyPerson requireStanding(String entry) {
        ledger.lock(terms.person().ledger(), entry);
        KeyPerson person = known(entry);
        if (!person.inGoodStanding()) {
            throw PersonnelException.standingMissing(person.title(), inWords(person.reasons()));
        }
        return person;
    }

    /**
     * Refuses to give something new to an account that lost its access. No loss of that account can
     * pass until the transaction under way ends.
     *
     * @throws PersonnelException if a loss is not undone
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireNothingLost(String username) {
        losses.lockAccount(username);
        if (losses.isOpen(username)) {
            List<LossReason> reasons =
                    store.ofAccount(username).stream()
                            .flatMap(p -> p.reasons().stream())
                            .distinct()
                            .toList();
            throw PersonnelException.standingMissing(username, inWords(reasons));
        }
    }

    /** Key persons by entry, those that there are not left out. */
    public List<KeyPerson> all(List<String> entries) {
        return store.all(entries);
    }
}

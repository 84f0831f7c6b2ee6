package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.ledger.EntriesChanged;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryChanged;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes access away at once. Follows the entries of key persons and vendors in the transaction of
 * each change: if a reason against access comes up that was not there before, the account is
 * switched off and {@link AccessLost} is published, or the change fails. What was taken is given
 * back only by a person, see {@link Reinstatement}.
 */
@Component
class AccessGuard {
    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Standing standing;
    private final KeyPersonStore store;
    private final AttendanceStore attendance;
    private final LossStore losses;
    private final KeyPersonFacts facts;
    private final People people;
    private final Organisations organisations;
    private final Access access;
    private final PersonnelNotices notices;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccessGuard(
            PersonnelTerms terms,
            Ledger ledger,
            Standing standing,
            KeyPersonStore store,
            AttendanceStore attendance,
            LossStore losses,
            KeyPersonFacts facts,
            People people,
            Organisations organisations,
            Access access,
            PersonnelNotices notices,
            Evidence evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.terms = terms;
        this.ledger = ledger;
        this.standing = standing;
        this.store = store;
        this.attendance = attendance;
        this.losses = losses;
        this.facts = facts;
        this.people = people;
        this.organisations = organisations;
        this.access = access;
        this.notices = notices;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void changed(EntryChanged event) {
        if (!event.action().equals(KeyPersonFacts.ACTION)) {
            changed(event.type(), event.id());
        }
    }

    @EventListener
    void changed(EntriesChanged event) {
        event.ids().forEach(id -> changed(event.type(), id));
    }

    private void changed(String type, String id) {
        if (type.equals(terms.person().ledger())) {
            look(id);
        } else if (type.equals(terms.vendor().ledger())) {
            lookAtVendor(id);
        }
    }

    /** Looks at a key person anew, and takes away what is no longer due. */
    @Transactional
    public void look(String id) {
        ledger.find(terms.person().ledger(), id).ifPresent(this::look);
    }

    private void look(Entry entry) {
        KeyPerson before = store.find(entry.id()).orElse(null);
        KeyPerson now =
                standing.of(
                        entry,
                        attendance.trainedUntil(entry.id()).orElse(null),
                        before == null ? null : before.loss());
        String username = now.username();
        boolean accountChanged = false;
        if (username != null && (before == null || !username.equals(before.username()))) {
            checkAccount(now, username);
            accountChanged = true;
        }
        store.save(now);
        if (before != null) {
            boolean ends = !now.reasonsSince(before).isEmpty();
            if (ends || now.loss() != null && accountChanged) {
                now = lose(now);
            }
        }
        facts.write(now);
    }

    /**
     * An entry can end the access of an account; so the account is one that the entry's
     * organisation answers for, one of its vendor, or the person who writes it manages key persons
     * there.
     */
    private void checkAccount(KeyPerson person, String username) {
        Person account = people.byUsername(username).orElse(null);
        if (account == null) {
            return;
        }
        Optional<Actor> actor = access.find();
        boolean may =
                actor.isEmpty()
                        || organisations.contains(person.organisation(), account.organisation())
                        || actor.get().may("personnel:manage", account.organisation())
                        || isOfVendor(person.vendor(), account.organisation());
        if (!may) {
            throw PersonnelException.accountForeign(
                    username, organisations.name(account.organisation()));
        }
        store.ofAccount(username).stream()
                .filter(p -> !p.over() && !p.entry().equals(person.entry()))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw PersonnelException.accountManagedTwice(username, other.code());
                        });
    }

    private boolean isOfVendor(@Nullable String vendor, String organisation) {
        if (vendor == null) {
            return false;
        }
        String code =
                ledger.find(terms.vendor().ledger(), vendor)
                        .map(v -> v.text(terms.vendor().creditCode()))
                        .orElse(null);
        return organisations
                .find(organisation)
                .filter(o -> o.kind() == Organisation.Kind.ENTERPRISE)
                .filter(o -> code != null && code.equals(o.creditCode()))
                .isPresent();
    }

    private KeyPerson lose(KeyPerson person) {
        String known = person.loss();
        String loss = known == null ? Identifiers.next() : known;
        String username = person.username();
        boolean off = false;
        Who who = who();
        if (username != null) {
            losses.lockAccount(username);
            off = people.suspend(who, username, reasons(person));
        }
        KeyPerson lost = person.with(person.trainedUntil(), person.reasons(), loss);
        if (known == null) {
            losses.add(loss(loss, person.entry(), username, off, person.reasons()));
        } else {
            Loss before = losses.find(loss).orElseThrow();
            boolean wasOff = Objects.equals(before.username(), username) && before.switchedOff();
            losses.extend(loss, person.reasons(), username, off || wasOff);
        }
        store.save(lost);
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("loss", loss);
        detail.put("reasons", reasons(person));
        detail.put("account", username == null ? "" : username);
        evidence.changed(
                who, "personnel.lost", terms.person().ledger() + ":" + person.entry(), detail);
        events.publishEvent(
                new AccessLost(
                        loss,
                        person.entry(),
                        person.title(),
                        username,
                        person.organisation(),
                        person.reasons()));
        notices.lost(lost, loss);
        return lost;
    }

    private static String reasons(KeyPerson person) {
        return String.join(",", person.reasons().stream().map(Enum::name).toList());
    }

    private Loss loss(
            String id,
            String subject,
            @Nullable String username,
            boolean off,
            List<LossReason> reasons) {
        Author by = by();
        return new Loss(
                id,
                subject,
                username,
                off,
                reasons,
                clock.instant(),
                by.username(),
                by.name(),
                null,
                null,
                null);
    }

    /** Who causes what happens now. */
    private record Author(String username, String name) {}

    private Author by() {
        return access.find()
                .map(a -> new Author(a.username(), a.name()))
                .orElse(new Author("system", "平台"));
    }

    private Who who() {
        return access.find().map(Actor::who).orElse(Who.SYSTEM);
    }

    /** Looks at a vendor anew, and at all its people. */
    @Transactional(propagation = Propagation.REQUIRED)
    public void lookAtVendor(String id) {
        ledger.find(terms.vendor().ledger(), id).ifPresent(this::lookAtVendor);
    }

    private void lookAtVendor(Entry vendor) {
        KeyPersonStore.Vendor before = store.vendor(vendor.id()).orElse(null);
        boolean admitted = standing.isAdmitted(vendor);
        String loss = before == null ? null : before.loss();
        boolean falls = before != null && before.admitted() && !admitted;
        if (falls && loss == null) {
            loss = Identifiers.next();
            losses.add(
                    loss(loss, vendor.id(), null, false, List.of(LossReason.VENDOR_NOT_ADMITTED)));
        }
        store.save(new KeyPersonStore.Vendor(vendor.id(), vendor.title(), admitted, loss));
        if (falls && loss != null) {
            List<String> applications = applications(vendor.id());
            evidence.changed(
                    who(),
                    "personnel.vendorLost",
                    terms.vendor().ledger() + ":" + vendor.id(),
                    Map.of("loss", loss, "applications", String.join(",", applications)));
            events.publishEvent(new VendorLost(loss, vendor.id(), vendor.title(), applications));
            notices.vendorLost(vendor, loss);
        }
        if (before == null || before.admitted() != admitted) {
            store.ofVendor(vendor.id()).forEach(p -> look(p.entry()));
        }
    }

    /** Entries of the applications that a vendor answers for. */
    List<String> applications(String vendor) {
        PersonnelTerms.ApplicationTerms application = terms.application();
        return store.answeredFor(vendor, application.ledger(), application.answering());
    }
}

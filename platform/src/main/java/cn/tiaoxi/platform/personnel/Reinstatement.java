package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives back, by a person and with a reason, what a key person or a vendor lost. */
@Service
public class Reinstatement {
    private static final String MANAGE = "personnel:manage";
    private static final int LONGEST_REASON = 1000;

    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Standing standing;
    private final KeyPersonStore store;
    private final AttendanceStore attendance;
    private final LossStore losses;
    private final KeyPersonFacts facts;
    private final People people;
    private final Access access;
    private final PersonnelNotices notices;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Reinstatement(
            PersonnelTerms terms,
            Ledger ledger,
            Standing standing,
            KeyPersonStore store,
            AttendanceStore attendance,
            LossStore losses,
            KeyPersonFacts facts,
            People people,
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
        this.access = access;
        this.notices = notices;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Gives a key person the access back: the account is switched on if the loss switched it off,
     * and what was suspended goes on.
     *
     * @throws PersonnelException if nothing is lost, or a reason against access is left
     */
    @Transactional
    public KeyPerson person(String entry, @Nullable String reason) {
        Entry found =
                ledger.find(terms.person().ledger(), entry)
                        .orElseThrow(() -> PersonnelException.personNotFound(entry));
        Actor actor = access.require(MANAGE, found.organisation());
        String why = given(reason);
        Entry locked = ledger.lock(terms.person().ledger(), entry);
        KeyPerson before =
                store.find(entry).orElseThrow(() -> PersonnelException.personNotFound(entry));
        if (before.loss() == null) {
            throw PersonnelException.nothingToRestore(before.title());
        }
        KeyPerson now = of(locked, before.loss());
        if (!now.reasons().isEmpty()) {
            throw PersonnelException.reasonsLeft(
                    now.title(), notices.inWords(now.reasons(), LocaleContextHolder.getLocale()));
        }
        return restore(actor, now, why);
    }

    private KeyPerson of(Entry entry, @Nullable String loss) {
        return standing.of(entry, attendance.trainedUntil(entry.id()).orElse(null), loss);
    }

    private KeyPerson restore(Actor actor, KeyPerson person, String reason) {
        String id = Objects.requireNonNull(person.loss());
        Loss loss = losses.find(id).orElseThrow();
        if (!losses.restore(id, clock.instant(), actor.username(), actor.name(), reason)) {
            throw PersonnelException.nothingToRestore(person.title());
        }
        KeyPerson after = person.with(person.trainedUntil(), person.reasons(), null);
        store.save(after);
        String username = loss.username();
        if (username != null && loss.switchedOff()) {
            people.resume(actor.who(), username, reason);
        }
        evidence.changed(
                actor.who(),
                "personnel.restored",
                terms.person().ledger() + ":" + person.entry(),
                Map.of("loss", id, "reason", reason));
        events.publishEvent(new AccessRestored(id, actor.username(), reason));
        notices.restored(after, id, reason);
        facts.write(after);
        return after;
    }

    /**
     * Lets the applications of a vendor call again, and gives those of its people their access back
     * who lost it for the vendor's sake alone.
     *
     * @return how many of its people have their access back
     * @throws PersonnelException if nothing is lost, or the vendor is not admitted
     */
    @Transactional
    public int vendor(String entry, @Nullable String reason) {
        Entry vendor =
                ledger.find(terms.vendor().ledger(), entry)
                        .orElseThrow(() -> PersonnelException.vendorNotFound(entry));
        Actor actor = access.require(MANAGE, vendor.organisation());
        String why = given(reason);
        Entry locked = ledger.lock(terms.vendor().ledger(), entry);
        KeyPersonStore.Vendor before =
                store.vendor(entry).orElseThrow(() -> PersonnelException.vendorNotFound(entry));
        String loss = before.loss();
        if (loss == null) {
            throw PersonnelException.nothingToRestore(vendor.title());
        }
        if (!standing.isAdmitted(locked)) {
            throw PersonnelException.reasonsLeft(
                    vendor.title(),
                    notices.inWords(
                            java.util.List.of(LossReason.VENDOR_NOT_ADMITTED),
                            LocaleContextHolder.getLocale()));
        }
        losses.restore(loss, clock.instant(), actor.username(), actor.name(), why);
        store.save(new KeyPersonStore.Vendor(entry, vendor.title(), true, null));
        evidence.changed(
                actor.who(),
                "personnel.vendorRestored",
                terms.vendor().ledger() + ":" + entry,
                Map.of("loss", loss, "reason", why));
        events.publishEvent(new AccessRestored(loss, actor.username(), why));
        return people(actor, entry, why);
    }

    private int people(Actor actor, String vendor, String reason) {
        int restored = 0;
        for (KeyPerson each : store.ofVendor(vendor)) {
            String loss = each.loss();
            if (loss != null && forVendorAlone(loss)) {
                KeyPerson now = of(ledger.lock(terms.person().ledger(), each.entry()), each.loss());
                if (now.reasons().isEmpty() && actor.may(MANAGE, now.organisation())) {
                    restore(actor, now, reason);
                    restored++;
                }
            }
        }
        return restored;
    }

    private boolean forVendorAlone(String loss) {
        return losses.find(loss)
                .filter(l -> l.reasons().equals(java.util.List.of(LossReason.VENDOR_NOT_ADMITTED)))
                .isPresent();
    }

    private static String given(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw BorderException.invalid("reason", "border.required");
        }
        if (reason.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        return reason.strip();
    }
}

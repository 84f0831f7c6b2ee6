package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.personnel.AccessLost;
import cn.tiaoxi.platform.personnel.AccessRestored;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.personnel.PersonnelTerms;
import cn.tiaoxi.platform.personnel.VendorLost;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Suspends what those held who lost their access, in the transaction of the loss, so that gateways
 * refuse from its commit on: applications that the person answers for or whose vendor is no longer
 * admitted, and every key whose secret the person has seen. It ends when the access is given back,
 * or when another person answers for the application; then the keys that were seen are revoked.
 */
@Service
public class Suspensions {
    private final SuspensionStore store;
    private final ApplicationStore applications;
    private final Policies policies;
    private final Personnel personnel;
    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Notices notices;
    private final Evidence evidence;
    private final Access access;
    private final MessageSource texts;
    private final Clock clock;

    Suspensions(
            SuspensionStore store,
            ApplicationStore applications,
            Policies policies,
            Personnel personnel,
            PersonnelTerms terms,
            Ledger ledger,
            Notices notices,
            Evidence evidence,
            Access access,
            MessageSource texts,
            Clock clock) {
        this.store = store;
        this.applications = applications;
        this.policies = policies;
        this.personnel = personnel;
        this.terms = terms;
        this.ledger = ledger;
        this.notices = notices;
        this.evidence = evidence;
        this.access = access;
        this.texts = texts;
        this.clock = clock;
    }

    @EventListener
    void lost(AccessLost event) {
        SuspensionStore.Cause cause =
                new SuspensionStore.Cause(
                        event.loss(), event.person(), event.title(), reason(event));
        boolean changed = suspend(applications.ofResponsible(event.person()), cause);
        String username = event.username();
        if (username != null) {
            for (SuspensionStore.MadeKey key : store.keysOf(username)) {
                if (store.add(key.application(), key.id(), cause, clock.instant())) {
                    trace("key.suspended", key.application(), cause, Map.of("key", key.id()));
                    changed = true;
                }
            }
        }
        if (changed) {
            policies.changed();
        }
    }

    private Words reason(AccessLost event) {
        return new Words(
                text("sharing.suspended.person", Locale.SIMPLIFIED_CHINESE, event),
                text("sharing.suspended.person", Locale.ENGLISH, event));
    }

    private String text(String key, Locale locale, AccessLost event) {
        return texts.getMessage(
                key,
                new Object[] {event.title(), personnel.inWords(event.reasons(), locale)},
                locale);
    }

    @EventListener
    void lost(VendorLost event) {
        Object[] named = {event.title()};
        Words reason =
                new Words(
                        texts.getMessage(
                                "sharing.suspended.vendor", named, Locale.SIMPLIFIED_CHINESE),
                        texts.getMessage("sharing.suspended.vendor", named, Locale.ENGLISH));
        SuspensionStore.Cause cause =
                new SuspensionStore.Cause(event.loss(), event.vendor(), event.title(), reason);
        if (suspend(applications.ofEntries(event.applications()), cause)) {
            policies.changed();
        }
    }

    private boolean suspend(List<Application> all, SuspensionStore.Cause cause) {
        boolean changed = false;
        for (Application each : all) {
            if (store.add(each.id(), null, cause, clock.instant())) {
                trace("application.suspended", each.id(), cause, Map.of());
                notices.suspended(each, cause.reason(), cause.loss());
                changed = true;
            }
        }
        return changed;
    }

    private void trace(
            String action,
            String application,
            SuspensionStore.Cause cause,
            Map<String, String> detail) {
        Map<String, String> all = new java.util.TreeMap<>(detail);
        all.put("loss", cause.loss());
        all.put("reason", cause.reason().zh());
        evidence.changed(who(), action, "application:" + application, all);
    }

    private Who who() {
        return access.find().map(Actor::who).orElse(Who.SYSTEM);
    }

    @EventListener
    void restored(AccessRestored event) {
        Set<String> lifted =
                new HashSet<>(
                        store.lift(event.loss(), clock.instant(), event.by(), event.reason()));
        for (String application : lifted) {
            evidence.changed(
                    who(),
                    "application.resumed",
                    "application:" + application,
                    Map.of("loss", event.loss(), "reason", event.reason()));
        }
        if (!lifted.isEmpty()) {
            policies.changed();
        }
    }

    /**
     * Names which entry of the ledger an application is, and who answers for its keys. With another
     * person a suspended application may call again, and the keys that whoever lost access has seen
     * are revoked for good.
     *
     * @param entry entry of the ledger of applications, or null
     * @param responsible entry of a key person in good standing, or null
     */
    @Transactional
    public Application answer(
            String id,
            @Nullable String entry,
            @Nullable String responsible,
            String reason,
            long version) {
        Application before =
                applications.find(id).orElseThrow(() -> SharingException.applicationNotFound(id));
        Actor actor = access.require("application:manage", before.organisation());
        String why = Texts.reason(reason);
        Versions.check(version, before.version());
        String type = terms.application().ledger();
        if (entry != null && ledger.find(type, entry).isEmpty()) {
            throw BorderException.invalid("entry", "sharing.entryUnknown");
        }
        if (responsible != null && !responsible.equals(before.responsible())) {
            personnel.requireStanding(responsible);
        }
        if (!applications.answer(before, entry, responsible)) {
            throw BorderException.versionConflict(
                    applications.find(id).map(Application::version).orElse(0L));
        }
        if (responsible != null && !responsible.equals(before.responsible())) {
            takeOver(actor, id, why);
        }
        policies.changed();
        evidence.changed(
                actor.who(),
                "application.answered",
                "application:" + id,
                Map.of(
                        "entry", entry == null ? "" : entry,
                        "responsible", responsible == null ? "" : responsible,
                        "reason", why));
        return applications.find(id).orElseThrow();
    }

    private void takeOver(Actor actor, String id, String reason) {
        int lifted = store.liftWhole(id, clock.instant(), actor.username(), reason);
        List<String> revoked = store.revokeSuspended(id, clock.instant());
        if (lifted > 0) {
            evidence.changed(
                    actor.who(),
                    "application.resumed",
                    "application:" + id,
                    Map.of("reason", reason));
        }
        for (String key : revoked) {
            evidence.changed(actor.who(), "key.revoked", "application:" + id, Map.of("key", key));
        }
    }
}

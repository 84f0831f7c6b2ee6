package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Looks after grants and takes them back. */
@Service
public class Grants {
    private final GrantStore store;
    private final Policies policies;
    private final Notices notices;
    private final Evidence evidence;
    private final Access access;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Grants(
            GrantStore store,
            Policies policies,
            Notices notices,
            Evidence evidence,
            Access access,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.policies = policies;
        this.notices = notices;
        this.evidence = evidence;
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    /** Which grants to list; empty text means no filter. */
    public record Filter(
            String box, String state, String dataset, String interfaceId, String application) {}

    /** Grants within reach of the actor. */
    @Transactional(readOnly = true)
    public Page<Grant> list(Filter filter, Slice slice) {
        Actor actor = access.actor();
        @Nullable Set<String> received = null;
        @Nullable Set<String> given = null;
        Set<String> reach = actor.reach("grant:read");
        switch (filter.box()) {
            case "received" -> received = own(actor, reach);
            case "given" -> given = own(actor, reach);
            case "all", "" -> {
                received = reach;
                given = reach;
            }
            default -> throw BorderException.invalid("box", "sharing.box", filter.box());
        }
        return store.list(
                new GrantStore.Filter(
                        received,
                        given,
                        filter.state(),
                        filter.dataset(),
                        filter.interfaceId(),
                        filter.application(),
                        clock.instant()),
                slice);
    }

    /** Who looks after the whole city still has a box of their own. */
    private static Set<String> own(Actor actor, Set<String> reach) {
        return reach.isEmpty() ? Set.of(actor.organisation()) : reach;
    }

    /**
     * A grant that the actor's organisation gave or received.
     *
     * @throws SharingException if there is none
     */
    public Grant get(String id) {
        Grant grant = store.find(id).orElseThrow(() -> SharingException.grantNotFound(id));
        Actor actor = access.actor();
        if (!actor.may("grant:read", grant.organisation())
                && !actor.may("grant:read", grant.owner())) {
            throw SharingException.grantNotFound(id);
        }
        return grant;
    }

    /** The grants in force of an application on an interface, for who looks after both. */
    public List<Grant> inForce(String application, String interfaceId) {
        return store.inForce(application, interfaceId, clock.instant());
    }

    /** Why the actor may not take the grant back now; null if they may. */
    public @Nullable String obstacle(Grant grant) {
        if (!access.actor().may("grant:revoke", grant.owner())) {
            return "PERMISSION_MISSING";
        }
        return grant.state(clock.instant()) == Grant.State.ACTIVE ? null : "GRANT_NOT_ACTIVE";
    }

    /** Takes a grant back: gateways refuse its calls as soon as this is committed. */
    @Transactional
    public Grant revoke(String id, String reason) {
        Grant grant = get(id);
        Actor actor = access.require("grant:revoke", grant.owner());
        revoke(grant, actor.who(), actor.name(), Texts.reason(reason));
        return get(id);
    }

    /**
     * Takes a grant back for a process that decides so by its own rules: the caller of this has
     * checked who may.
     *
     * @param name of who does it, for people; empty for the platform itself
     * @throws SharingException if there is none, or it is not in force
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeBack(String id, Who who, String name, String reason) {
        Grant grant = store.find(id).orElseThrow(() -> SharingException.grantNotFound(id));
        revoke(grant, who, name, Texts.reason(reason));
    }

    private void revoke(Grant grant, Who who, String name, String why) {
        long version = policies.changed();
        if (!store.revoke(grant.id(), who.name(), name, why, version, clock.instant())) {
            throw SharingException.grantNotActive(grant.id());
        }
        evidence.changed(who, "grant.revoked", "grant:" + grant.id(), detail(grant, why, version));
        notices.revoked(grant, why);
        events.publishEvent(new GrantRevoked(grant.id()));
    }

    private static Map<String, String> detail(Grant grant, String why, long version) {
        return Map.of(
                "reason", why,
                "application", grant.application(),
                "interface", grant.interfaceId(),
                "dataset", grant.dataset(),
                "policy", Long.toString(version));
    }

    /**
     * Gives a grant back that was revoked, as it was: gateways answer its calls as soon as this is
     * committed.
     *
     * @throws SharingException if it is not revoked, or its time is over
     */
    @Transactional
    public Grant restore(String id, String reason) {
        Grant grant = get(id);
        Actor actor = access.require("grant:revoke", grant.owner());
        String why = Texts.reason(reason);
        long version = policies.changed();
        if (!store.restore(id, clock.instant())) {
            throw SharingException.grantNotRestorable(id);
        }
        evidence.changed(actor.who(), "grant.restored", "grant:" + id, detail(grant, why, version));
        notices.restored(grant, why);
        return get(id);
    }
}

package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many calls an application, an interface or an organisation may make or get over all grants
 * together. Gateways follow a change as they follow the policy. Who publishes an interface limits
 * it; the others are limited by who manages quotas.
 */
@Service
public class Quotas {
    private final QuotaStore store;
    private final ApplicationStore applications;
    private final InterfaceStore interfaces;
    private final Organisations organisations;
    private final SharingTerms terms;
    private final Policies policies;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    Quotas(
            QuotaStore store,
            ApplicationStore applications,
            InterfaceStore interfaces,
            Organisations organisations,
            SharingTerms terms,
            Policies policies,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.applications = applications;
        this.interfaces = interfaces;
        this.organisations = organisations;
        this.terms = terms;
        this.policies = policies;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /** Whose calls are counted; the names are those of the gateways. */
    public enum Kind {
        GRANT,
        APPLICATION,
        INTERFACE,
        ORGANISATION
    }

    /** The limits that are set; empty text means no filter. */
    public Page<Quota> list(String text, @Nullable Kind kind, Slice slice) {
        return store.list(text, kind, slice);
    }

    /** The limit of one, if there is one. */
    public Optional<Quota> find(Kind kind, String subject) {
        return store.find(kind, subject);
    }

    /** What gateways have leased for one, limited or not. */
    public CallUse used(Kind kind, String subject) {
        return store.used(kind, subject);
    }

    /** Why the actor cannot change that one's limit, or null. */
    public @Nullable String obstacle(Kind kind, String subject) {
        return Allowed.unless(
                access.actor().may(permission(kind), owner(kind, subject)), "PERMISSION_MISSING");
    }

    /**
     * Sets a limit, or changes it.
     *
     * @param version the version that was seen, or null if there was none
     * @throws BorderException if a number is out of bounds, the reason is missing, or somebody else
     *     changed it
     */
    @Transactional
    public Quota set(
            Kind kind, String subject, CallLimits limits, String reason, @Nullable Long version) {
        Actor actor = access.require(permission(kind), owner(kind, subject));
        check(limits);
        String why = Texts.reason(reason);
        long present = store.lock(kind, subject);
        if (version != null || present > 0) {
            Versions.check(version == null ? 0 : version, present);
        }
        store.put(kind, subject, limits, why, actor, clock.instant());
        policies.changed();
        note(actor, "quota.set", kind, subject, detail(limits, why));
        return store.find(kind, subject).orElseThrow();
    }

    /**
     * Takes a limit away.
     *
     * @throws SharingException if there is none
     */
    @Transactional
    public void lift(Kind kind, String subject, String reason) {
        Actor actor = access.require(permission(kind), owner(kind, subject));
        String why = Texts.reason(reason);
        if (!store.remove(kind, subject)) {
            throw SharingException.quotaNotFound(subject);
        }
        policies.changed();
        note(actor, "quota.lifted", kind, subject, Map.of("reason", why));
    }

    private void check(CallLimits limits) {
        List<FieldError> errors = new ArrayList<>();
        if (limits.isOpen()) {
            errors.add(new FieldError("perDay", "sharing.quotaEmpty"));
        }
        SharingTerms.Quotas most = terms.quotas();
        Integer perSecond = limits.perSecond();
        bounded(errors, "perSecond", perSecond == null ? null : (long) perSecond, 1_000_000L);
        bounded(errors, "perDay", limits.perDay(), 100 * most.mostPerDay());
        bounded(errors, "perMonth", limits.perMonth(), 3_100 * most.mostPerDay());
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
    }

    private static void bounded(
            List<FieldError> errors, String field, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            errors.add(new FieldError(field, "sharing.positive", most));
        }
    }

    private static String permission(Kind kind) {
        return kind == Kind.INTERFACE ? "interface:publish" : "quota:manage";
    }

    private String owner(Kind kind, String subject) {
        return switch (kind) {
            case GRANT -> throw SharingException.quotaNotFound(subject);
            case APPLICATION ->
                    applications
                            .find(subject)
                            .orElseThrow(() -> SharingException.applicationNotFound(subject))
                            .organisation();
            case INTERFACE ->
                    interfaces
                            .find(subject)
                            .orElseThrow(() -> SharingException.interfaceNotFound(subject))
                            .organisation();
            case ORGANISATION ->
                    organisations
                            .find(subject)
                            .orElseThrow(() -> SharingException.quotaNotFound(subject))
                            .code();
        };
    }

    private void note(
            Actor actor, String action, Kind kind, String subject, Map<String, String> detail) {
        evidence.changed(
                actor.who(),
                action,
                kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + subject,
                detail);
    }

    private static Map<String, String> detail(CallLimits limits, String reason) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("reason", reason);
        detail.put("perSecond", String.valueOf(limits.perSecond()));
        detail.put("perDay", String.valueOf(limits.perDay()));
        detail.put("perMonth", String.valueOf(limits.perMonth()));
        return detail;
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Restriction;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Under what an export is made and given, by the policy of a moment. */
record ExportTerms(ServedInterface served, Grant grant, ExportRule rule) {
    /**
     * The terms of an export that was ordered before.
     *
     * @throws RefusedException if the policy does not allow it any more, or only with other fields
     *     or masks
     */
    static ExportTerms of(@Nullable Policy policy, Export export, Instant now) {
        if (policy == null) {
            throw new RefusedException(Refusal.POLICY_MISSING, "-");
        }
        requireApplication(policy, export.application(), now);
        ServedInterface served = policy.servedInterface(export.interfaceId());
        if (served == null) {
            throw new RefusedException(Refusal.INTERFACE_UNKNOWN, export.interfaceId());
        }
        if (!served.isLive()) {
            throw new RefusedException(Refusal.INTERFACE_WITHDRAWN, export.interfaceId());
        }
        List<Grant> own = policy.grants(export.application(), export.interfaceId());
        Grant grant = GrantChoice.choose(own, export.grant(), now);
        ExportRule rule = requireAllowed(served, grant);
        boolean same =
                served.fields().keySet().containsAll(export.fields())
                        && grant.fields().containsAll(export.fields())
                        && hiding(export.fields(), grant).equals(export.terms());
        if (!same) {
            throw new RefusedException(Refusal.EXPORT_TERMS_CHANGED, grant.id());
        }
        return new ExportTerms(served, grant, rule);
    }

    private static void requireApplication(Policy policy, String id, Instant now) {
        Policy.Held<CallerApplication> held = policy.applications().get(id);
        if (held == null || !held.value().active()) {
            throw new RefusedException(Refusal.APPLICATION_DISABLED, id);
        }
        Restriction restriction = held.value().restrictionAt(now);
        if (restriction != null && restriction.cuts()) {
            throw new RefusedException(Refusal.SUSPENDED_FOR_VIOLATION, restriction.reference());
        }
    }

    /**
     * What the owner allows.
     *
     * @throws RefusedException EXPORT_NOT_ALLOWED
     */
    static ExportRule requireAllowed(ServedInterface served, Grant grant) {
        ExportRule rule = served.published().exports();
        if (rule == null) {
            throw new RefusedException(Refusal.EXPORT_NOT_ALLOWED, served.id());
        }
        if (!grant.mayExport()) {
            throw new RefusedException(Refusal.EXPORT_NOT_ALLOWED, grant.id());
        }
        return rule;
    }

    /**
     * Checks that a file may be made without naming a key.
     *
     * @throws RefusedException EXPORT_NOT_ALLOWED
     */
    static void requireWhole(ServedInterface served) {
        ExportRule rule = served.published().exports();
        if (rule == null || !rule.whole()) {
            throw new RefusedException(
                    Refusal.EXPORT_NOT_ALLOWED,
                    "no key: " + String.join(", ", served.published().keys()));
        }
    }

    /** How each field is hidden, so that a change is noticed. */
    static String hiding(List<String> fields, Grant grant) {
        StringJoiner text = new StringJoiner(",");
        for (String field : fields) {
            Mask mask = grant.masks().get(field);
            text.add(field + "=" + (mask == null ? "-" : mask.name()));
        }
        return text.toString();
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy in force, indexed for calls. Never changes; a {@link PolicyDraft} makes the next, which
 * shares with this what stayed the same.
 *
 * @param digest of all that it holds, or null if it was read from a file of the earlier form
 * @param interfaces by identifier
 * @param applications by identifier
 * @param callers by the identifier of their key
 * @param certified those that prove themselves with a certificate, by its thumbprint
 * @param grantsById by identifier
 * @param grantsOf by application and interface, newest first
 * @param problems what was left out when this was made, and why
 */
record Policy(
        long version,
        Instant applied,
        @Nullable PolicyDigest digest,
        SharedMap<String, Held<ServedInterface>> interfaces,
        SharedMap<String, Held<CallerApplication>> applications,
        SharedMap<String, Caller> callers,
        SharedMap<String, Caller> certified,
        SharedMap<String, Held<Grant>> grantsById,
        SharedMap<GrantKey, List<Grant>> grantsOf,
        List<String> problems) {

    /** One thing of the policy with the hash of what it was read from, in two numbers. */
    record Held<T>(T value, long high, long low) {
        PolicyDigest hash() {
            return new PolicyDigest(high, low);
        }
    }

    record GrantKey(String application, String interfaceId) {}

    @Nullable ServedInterface servedInterface(String id) {
        Held<ServedInterface> held = interfaces.get(id);
        return held == null ? null : held.value();
    }

    /** The interfaces that departments' services answer. */
    List<PublishedInterface> services() {
        List<PublishedInterface> services = new ArrayList<>();
        interfaces.forEach(
                (id, held) -> {
                    if (held.value().service() != null) {
                        services.add(held.value().published());
                    }
                });
        return services;
    }

    @Nullable Caller caller(String keyId) {
        return callers.get(keyId);
    }

    /** The caller that comes with the certificate of that thumbprint. */
    @Nullable Caller certified(String thumbprint) {
        return certified.get(thumbprint);
    }

    /** The grants of an application for an interface, newest first. */
    List<Grant> grants(String application, String interfaceId) {
        List<Grant> grants = grantsOf.get(new GrantKey(application, interfaceId));
        return grants == null ? List.of() : grants;
    }

    boolean hasGrant(String id) {
        return grantsById.get(id) != null;
    }
}

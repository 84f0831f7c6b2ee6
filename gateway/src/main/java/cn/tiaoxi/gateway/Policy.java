package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.SealedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot in force, indexed for calls. Never changes; a new snapshot is a new policy. */
final class Policy {
    private static final Comparator<Grant> NEWEST_FIRST =
            Comparator.comparing(Grant::validFrom).thenComparing(Grant::id).reversed();

    private final long version;
    private final Instant applied;
    private final Map<String, ServedInterface> interfaces = new HashMap<>();
    private final Map<String, Caller> callers = new HashMap<>();
    private final Map<String, Caller> certified = new HashMap<>();
    private final Map<String, Grant> grantsById = new HashMap<>();
    private final Map<GrantKey, List<Grant>> grants = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private record GrantKey(String application, String interfaceId) {}

    /**
     * Indexes a snapshot. A key whose material cannot be opened is left out and named among the
     * {@link #problems}: the snapshot's revocations must not wait for it.
     *
     * @throws IllegalArgumentException if the snapshot contradicts itself
     */
    Policy(PolicySnapshot snapshot, SealedSecret sealed, Instant applied) {
        this.version = snapshot.version();
        this.applied = applied;
        for (var published : snapshot.interfaces()) {
            putOnce(interfaces, published.id(), new ServedInterface(published));
        }
        for (var application : snapshot.applications()) {
            for (var key : application.keys()) {
                Caller caller = openOrReport(key, application, sealed);
                if (caller != null) {
                    putOnce(callers, key.id(), caller);
                    certify(caller);
                }
            }
        }
        for (Grant grant : snapshot.grants()) {
            putOnce(grantsById, grant.id(), grant);
            grants.computeIfAbsent(
                            new GrantKey(grant.application(), grant.interfaceId()),
                            any -> new ArrayList<>())
                    .add(grant);
        }
        grants.values().forEach(list -> list.sort(NEWEST_FIRST));
    }

    private @Nullable Caller openOrReport(
            CallerKey key, CallerApplication application, SealedSecret sealed) {
        try {
            return Caller.open(key, application, sealed);
        } catch (IllegalArgumentException e) {
            problems.add("Key " + key.id() + " is left out: " + e.getMessage());
            return null;
        }
    }

    private void certify(Caller caller) {
        String certificate = caller.certificate();
        if (certificate != null && certified.putIfAbsent(certificate, caller) != null) {
            problems.add("Key " + caller.key().id() + " has the certificate of another key");
        }
    }

    private static <T> void putOnce(Map<String, T> map, String id, T value) {
        if (map.put(id, value) != null) {
            throw new IllegalArgumentException("The policy names " + id + " twice");
        }
    }

    long version() {
        return version;
    }

    Instant applied() {
        return applied;
    }

    @Nullable ServedInterface servedInterface(String id) {
        return interfaces.get(id);
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
        return grants.getOrDefault(new GrantKey(application, interfaceId), List.of());
    }

    boolean hasGrant(String id) {
        return grantsById.containsKey(id);
    }

    /** What was left out of this policy, and why. */
    List<String> problems() {
        return problems;
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyHead;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicyItems;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.gateway.Policy.GrantKey;
import cn.tiaoxi.gateway.Policy.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next policy in the making, item by item, from nothing or from the one in force. A key whose
 * material cannot be opened is left out and named among the problems: revocations must not wait for
 * it. For one thread.
 */
final class PolicyDraft {
    private static final Comparator<Grant> NEWEST_FIRST =
            Comparator.comparing(Grant::validFrom).thenComparing(Grant::id).reversed();

    private final SealedSecret sealed;
    private final boolean whole;
    private final PolicyItems items = new PolicyItems();
    private final Map<List<Field>, Map<String, Field>> fields = new IdentityHashMap<>();
    private final Map<String, SubjectDigests> digests = new HashMap<>();
    private final PolicyDigest.Hasher hasher = new PolicyDigest.Hasher();
    private final SharedMap.Changes<String, Held<ServedInterface>> interfaces;
    private final SharedMap.Changes<String, Held<CallerApplication>> applications;
    private final SharedMap.Changes<String, Caller> callers;
    private final SharedMap.Changes<String, Caller> certified;
    private final SharedMap.Changes<String, Held<Grant>> grantsById;
    private final SharedMap.Changes<GrantKey, List<Grant>> grantsOf;
    private final List<CallerApplication> goneApplications = new ArrayList<>();
    private final List<CallerApplication> newApplications = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private PolicyDigest digest;

    /** A whole policy: nothing may be named twice or removed. */
    PolicyDraft(SealedSecret sealed) {
        this.sealed = sealed;
        this.whole = true;
        this.interfaces = SharedMap.<String, Held<ServedInterface>>of().change();
        this.applications = SharedMap.<String, Held<CallerApplication>>of().change();
        this.callers = SharedMap.<String, Caller>of().change();
        this.certified = SharedMap.<String, Caller>of().change();
        this.grantsById = SharedMap.<String, Held<Grant>>of().change();
        this.grantsOf = SharedMap.<GrantKey, List<Grant>>of().change();
        this.digest = PolicyDigest.EMPTY;
    }

    /** A change of a policy whose digest is known. */
    PolicyDraft(SealedSecret sealed, Policy before) {
        PolicyDigest known = before.digest();
        if (known == null) {
            throw new IllegalArgumentException("What that policy holds exactly is not known");
        }
        this.sealed = sealed;
        this.whole = false;
        this.interfaces = before.interfaces().change();
        this.applications = before.applications().change();
        this.callers = before.callers().change();
        this.certified = before.certified().change();
        this.grantsById = before.grantsById().change();
        this.grantsOf = before.grantsOf().change();
        this.digest = known;
    }

    /**
     * Takes one item.
     *
     * @throws IllegalArgumentException if it cannot be read, cannot be served, or is named twice
     */
    void accept(PolicyItem item) {
        if (item.content() != null) {
            put(item, hasher.hash(item));
        } else if (whole) {
            throw new IllegalArgumentException("A whole policy removes " + item.id());
        } else {
            remove(item);
        }
    }

    private void put(PolicyItem item, PolicyDigest hash) {
        switch (item.kind()) {
            case INTERFACE -> {
                PublishedInterface published = items.published(item);
                checkId(item, published.id());
                replaced(item, interfaces.put(published.id(), held(served(published), hash)));
            }
            case APPLICATION -> {
                CallerApplication application = items.application(item);
                checkId(item, application.id());
                Held<CallerApplication> old =
                        applications.put(application.id(), held(application, hash));
                gone(old);
                replaced(item, old);
                newApplications.add(application);
            }
            case GRANT -> {
                Grant grant = items.grant(item);
                checkId(item, grant.id());
                Held<Grant> old = grantsById.put(grant.id(), held(grant, hash));
                replaced(item, old);
                leave(old);
                join(grant);
            }
        }
        digest = digest.plus(hash);
    }

    /** Lists of fields that are alike are the same list. */
    private ServedInterface served(PublishedInterface published) {
        SubjectRule subject = published.subject();
        return new ServedInterface(
                published,
                fields.computeIfAbsent(published.fields(), ServedInterface::byName),
                subject == null
                        ? null
                        : digests.computeIfAbsent(subject.sealed(), s -> subject.open(sealed)));
    }

    private static void checkId(PolicyItem item, String id) {
        if (!item.id().equals(id)) {
            throw new IllegalArgumentException("The policy names " + id + " as " + item.id());
        }
    }

    private static <T> Held<T> held(T value, PolicyDigest hash) {
        return new Held<>(value, hash.high(), hash.low());
    }

    private void replaced(PolicyItem item, @Nullable Held<?> old) {
        if (old == null) {
            return;
        }
        if (whole) {
            throw new IllegalArgumentException("The policy names " + item.id() + " twice");
        }
        digest = digest.minus(old.hash());
    }

    /** What is not there any more may be removed again: only the digest decides. */
    private void remove(PolicyItem item) {
        switch (item.kind()) {
            case INTERFACE -> replaced(item, interfaces.remove(item.id()));
            case APPLICATION -> {
                Held<CallerApplication> old = applications.remove(item.id());
                gone(old);
                replaced(item, old);
            }
            case GRANT -> {
                Held<Grant> old = grantsById.remove(item.id());
                replaced(item, old);
                leave(old);
            }
        }
    }

    private void gone(@Nullable Held<CallerApplication> old) {
        if (old != null) {
            goneApplications.add(old.value());
            newApplications.remove(old.value());
        }
    }

    private void leave(@Nullable Held<Grant> old) {
        if (old == null) {
            return;
        }
        GrantKey key = new GrantKey(old.value().application(), old.value().interfaceId());
        List<Grant> left = new ArrayList<>(among(key));
        left.remove(old.value());
        if (left.isEmpty()) {
            grantsOf.remove(key);
        } else {
            grantsOf.put(key, List.copyOf(left));
        }
    }

    private void join(Grant grant) {
        GrantKey key = new GrantKey(grant.application(), grant.interfaceId());
        List<Grant> others = among(key);
        if (others.isEmpty()) {
            grantsOf.put(key, List.of(grant));
            return;
        }
        List<Grant> all = new ArrayList<>(others);
        all.add(-Collections.binarySearch(all, grant, NEWEST_FIRST) - 1, grant);
        grantsOf.put(key, List.copyOf(all));
    }

    private List<Grant> among(GrantKey key) {
        List<Grant> grants = grantsOf.get(key);
        return grants == null ? List.of() : grants;
    }

    /**
     * The policy, if it holds what the head says.
     *
     * @throws IllegalArgumentException if it does not, or contradicts itself
     */
    Policy done(PolicyHead head, Instant applied) {
        if (!digest.toString().equals(head.digest())) {
            throw new IllegalArgumentException(
                    "Policy " + head.version() + " does not hold what the platform's does");
        }
        return done(head.version(), digest, applied);
    }

    /** The policy of a file of the earlier form, which tells no digest. */
    Policy done(long version, @Nullable PolicyDigest known, Instant applied) {
        openKeys();
        return new Policy(
                version,
                applied,
                known,
                interfaces.done(),
                applications.done(),
                callers.done(),
                certified.done(),
                grantsById.done(),
                grantsOf.done(),
                List.copyOf(problems));
    }

    /** All keys that are gone go first, as one may have come to another application. */
    private void openKeys() {
        for (CallerApplication application : goneApplications) {
            application.keys().forEach(key -> removeCaller(key.id()));
        }
        for (CallerApplication application : newApplications) {
            for (CallerKey key : application.keys()) {
                Caller caller = openOrReport(key, application);
                if (caller != null) {
                    addCaller(caller);
                }
            }
        }
    }

    private void addCaller(Caller caller) {
        String id = caller.key().id();
        if (callers.put(id, caller) != null) {
            throw new IllegalArgumentException("The policy names " + id + " twice");
        }
        String certificate = caller.certificate();
        if (certificate == null) {
            return;
        }
        if (certified.get(certificate) == null) {
            certified.put(certificate, caller);
        } else {
            problems.add("Key " + id + " has the certificate of another key");
        }
    }

    private void removeCaller(String id) {
        Caller gone = callers.remove(id);
        String certificate = gone == null ? null : gone.certificate();
        if (certificate != null && certified.get(certificate) == gone) {
            certified.remove(certificate);
        }
    }

    private @Nullable Caller openOrReport(CallerKey key, CallerApplication application) {
        try {
            return Caller.open(key, application, sealed);
        } catch (IllegalArgumentException e) {
            problems.add("Key " + key.id() + " is left out: " + e.getMessage());
            return null;
        }
    }
}

package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicyCodec;
import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.platform.sharing.PolicyItemStore.Kept;
import cn.tiaoxi.platform.sharing.PolicyItemStore.Made;
import cn.tiaoxi.platform.sharing.PolicyItemStore.Touched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the policy's items as the tables say they are. Triggers note in each transaction what it
 * changed; this reads just that, of one moment, and says what the items then add up to. One
 * platform at a time does it, whichever is asked first.
 */
@Component
class PolicyMaker {
    private static final int AT_ONCE = 500;
    private static final int DUE_AT_ONCE = 10_000;
    private static final Duration KEPT = Duration.ofDays(7);

    private final PolicyStore store;
    private final PolicyItemStore items;
    private final Clock clock;
    private final String form = PolicyCodec.form();
    private volatile boolean formChecked;

    PolicyMaker(PolicyStore store, PolicyItemStore items, Clock clock) {
        this.store = store;
        this.items = items;
        this.clock = clock;
    }

    /** Makes the items of the newest version, if nobody has yet. */
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    public void make() {
        items.lock();
        Made last = items.last().orElse(null);
        // While two platforms of different forms run, they do not undo each other's work.
        boolean sameForm = last != null && (formChecked || last.form().equals(form));
        formChecked = true;
        long version = store.version();
        if (last == null || !sameForm) {
            makeAll(last != null && last.version() == version ? store.raise() : version);
        } else if (last.version() < version) {
            items.add(
                    new Made(version, makeTouched(version, last.digest()), form), clock.instant());
        }
    }

    private void makeAll(long version) {
        items.takeTouched();
        items.clear();
        Instant now = clock.instant();
        Sum sum = new Sum(PolicyDigest.EMPTY);
        for (PolicyItem.Kind kind : PolicyItem.Kind.values()) {
            List<Kept> batch = new ArrayList<>();
            store.each(
                    kind,
                    null,
                    now,
                    (item, changes) -> {
                        sum.add(item);
                        batch.add(new Kept(item, changes));
                        if (batch.size() == AT_ONCE) {
                            items.write(version, batch);
                            batch.clear();
                        }
                    });
            items.write(version, batch);
        }
        items.add(new Made(version, sum.digest, form), now);
    }

    private PolicyDigest makeTouched(long version, PolicyDigest before) {
        Map<PolicyItem.Kind, List<String>> touched = new HashMap<>();
        for (Touched each : items.takeTouched()) {
            touched.computeIfAbsent(each.kind(), k -> new ArrayList<>()).add(each.id());
        }
        Sum sum = new Sum(before);
        touched.forEach(
                (kind, ids) -> {
                    for (int i = 0; i < ids.size(); i += AT_ONCE) {
                        List<String> some = ids.subList(i, Math.min(ids.size(), i + AT_ONCE));
                        items.write(version, changed(kind, some, sum));
                    }
                });
        return sum.digest;
    }

    private List<Kept> changed(PolicyItem.Kind kind, List<String> ids, Sum sum) {
        Map<String, Kept> before = items.find(kind, ids);
        List<Kept> changed = new ArrayList<>();
        Set<String> gone = new HashSet<>(ids);
        store.each(
                kind,
                ids,
                clock.instant(),
                (item, changes) -> {
                    gone.remove(item.id());
                    Kept old = before.get(item.id());
                    sum.replace(old, item);
                    changed.add(new Kept(item, changes));
                });
        for (String id : gone) {
            Kept old = before.get(id);
            if (old != null && old.item().content() != null) {
                PolicyItem removed = PolicyItem.removed(kind, id);
                sum.replace(old, removed);
                changed.add(new Kept(removed, null));
            }
        }
        return changed;
    }

    /** What the items add up to. */
    private static final class Sum {
        private final PolicyDigest.Hasher hasher = new PolicyDigest.Hasher();
        private PolicyDigest digest;

        private Sum(PolicyDigest digest) {
            this.digest = digest;
        }

        private void add(PolicyItem item) {
            digest = digest.plus(hasher.hash(item));
        }

        private void replace(@Nullable Kept old, PolicyItem item) {
            byte[] before = old == null ? null : old.item().content();
            if (Arrays.equals(before, item.content())) {
                return;
            }
            if (old != null && before != null) {
                digest = digest.minus(hasher.hash(old.item()));
            }
            if (item.content() != null) {
                add(item);
            }
        }
    }

    /** Keys that expire and grants that ended long ago leave the policy, though nobody wrote. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT20S")
    @Transactional
    public void followTime() {
        items.touchDue(clock.instant(), DUE_AT_ONCE);
    }

    /** Forgets versions that no gateway should hold any more. */
    @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT5M")
    @Transactional
    public void forget() {
        items.forget(clock.instant().minus(KEPT));
    }
}

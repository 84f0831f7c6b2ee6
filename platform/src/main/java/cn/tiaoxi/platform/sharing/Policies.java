package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The policy that gateways follow. Whoever changes what gateways must know calls {@link #changed}
 * in the same transaction; as soon as that is committed, waiting gateways get the new version.
 */
@Component
public class Policies {
    /** How soon a change that another platform committed is noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final PolicyStore store;
    private final GatewayKeys keys;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    // Guarded by the lock of this object; only ever replaced by a newer one.
    private @Nullable Built built;

    private record Built(long version, SignedPolicy policy) {}

    Policies(PolicyStore store, GatewayKeys keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Makes a new version of the change under way, and wakes gateways when it is committed.
     *
     * @return the version that will hold the change
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long changed() {
        long version = store.raise(clock.instant());
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        wake();
                    }
                });
        return version;
    }

    private void wake() {
        lock.lock();
        try {
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The version in force. */
    public long version() {
        return store.version();
    }

    /**
     * The policy, as soon as it is newer than the version given.
     *
     * @return empty if nothing changed in that time
     */
    public Optional<SignedPolicy> after(long version, Duration patience)
            throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (store.version() <= version) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                committed.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
        return Optional.of(current());
    }

    /** The policy in force, built once for each version. */
    synchronized SignedPolicy current() {
        Built last = built;
        if (last != null && last.version() == store.version()) {
            return last.policy();
        }
        Instant now = clock.instant();
        PolicySnapshot snapshot = store.snapshot(now);
        SignedPolicy policy = SignedPolicy.sign(snapshot, keys.policyKey());
        built = new Built(snapshot.version(), policy);
        return policy;
    }
}

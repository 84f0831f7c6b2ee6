package cn.tiaoxi.platform.sharing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The policy that gateways follow. What changes is noted by the database itself in each transaction
 * that writes; whoever wants to know the version that will hold the change, or gateways to have it
 * at once, calls {@link #changed} in the same transaction.
 */
@Component
public class Policies {
    /** How soon a change that another platform committed is noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final PolicyStore store;
    private final PolicyMaker maker;
    private final PolicySigner signer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();

    Policies(PolicyStore store, PolicyMaker maker, PolicySigner signer) {
        this.store = store;
        this.maker = maker;
        this.signer = signer;
    }

    /**
     * Makes a new version of the change under way, and wakes gateways when it is committed.
     *
     * @return the version that will hold the change, one for all changes of a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long changed() {
        long version = store.raise();
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
     * What a gateway is to be sent, as soon as there is something newer than what it holds.
     *
     * @param held the version in force there
     * @param digest of what it holds, or empty if it wants the whole, be it newer or not
     * @return empty if nothing changed in that time
     */
    public Optional<PolicyAnswer> after(long held, String digest, Duration patience)
            throws InterruptedException {
        if (store.version() < held) {
            store.raiseAbove(held);
        }
        if (!digest.isEmpty() && !changesWithin(held, patience)) {
            return Optional.empty();
        }
        maker.make();
        if (!digest.isEmpty()) {
            Optional<PolicyAnswer> change = signer.change(held, digest);
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.of(signer.whole());
    }

    private boolean changesWithin(long held, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (store.version() <= held) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                committed.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The whole policy in force. */
    PolicyAnswer current() {
        maker.make();
        return signer.whole();
    }
}

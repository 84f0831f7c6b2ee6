package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.UpstreamHealth.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Stops calls to a service that fails, so that callers are told at once and the service can
 * recover. Counts failures among the last twenty calls; after the pause one call is let through and
 * decides. Safe for use by threads.
 */
final class Breaker {
    private static final int WINDOW = 20;
    private static final int ALL = (1 << WINDOW) - 1;

    private final InstantSource clock;

    // Guarded by this.
    private State state = State.CLOSED;
    private Instant since;
    private int outcomes;
    private boolean trying;

    Breaker(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * Lets a call through.
     *
     * @return whether the call decides if others follow
     * @throws UpstreamException UPSTREAM_SUSPENDED
     */
    synchronized boolean admit(HttpUpstream.Breaker limits) {
        if (state == State.OPEN) {
            Instant until = since.plusSeconds(limits.openSeconds());
            if (clock.instant().isBefore(until)) {
                throw suspended(until);
            }
            enter(State.HALF_OPEN);
        }
        if (state == State.HALF_OPEN) {
            if (trying) {
                throw suspended(clock.instant().plusSeconds(1));
            }
            trying = true;
            return true;
        }
        return false;
    }

    private static UpstreamException suspended(Instant until) {
        return UpstreamException.of(
                Refusal.UPSTREAM_SUSPENDED, until.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /**
     * Notes how a call ended.
     *
     * @param tried what {@link #admit} said of it
     * @return whether the breaker changed
     */
    synchronized boolean ended(HttpUpstream.Breaker limits, boolean tried, boolean failed) {
        if (tried) {
            trying = false;
            enter(failed ? State.OPEN : State.CLOSED);
            return true;
        }
        if (state != State.CLOSED) {
            return false;
        }
        outcomes = (outcomes << 1 | (failed ? 1 : 0)) & ALL;
        if (failed && Integer.bitCount(outcomes) >= limits.failures()) {
            enter(State.OPEN);
            return true;
        }
        return false;
    }

    /** A call that was let through ended without saying anything of the service. */
    synchronized void undecided(boolean tried) {
        if (tried) {
            trying = false;
        }
    }

    /** Probes fail: calls stop. Whether that is a change. */
    synchronized boolean open() {
        if (state == State.OPEN) {
            since = clock.instant();
            return false;
        }
        enter(State.OPEN);
        return true;
    }

    /** A probe succeeded: the next call may try, without waiting longer. */
    synchronized boolean probed() {
        if (state == State.OPEN) {
            enter(State.HALF_OPEN);
            return true;
        }
        return false;
    }

    private void enter(State next) {
        if (state != next) {
            since = clock.instant();
        }
        state = next;
        outcomes = 0;
    }

    synchronized State state() {
        return state;
    }

    synchronized Instant since() {
        return since;
    }
}

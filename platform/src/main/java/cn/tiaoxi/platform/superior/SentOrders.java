package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Grant;
import cn.tiaoxi.platform.sharing.Grants;
import cn.tiaoxi.platform.sharing.Guides;
import cn.tiaoxi.platform.sharing.Interface;
import cn.tiaoxi.platform.sharing.Interfaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Orders to platforms below: numbered, signed, fetched by them in order. */
@Service
public class SentOrders {
    /** Another platform process on this database may have given an order. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final int LONGEST_TEXT = 1_000;

    private final SentOrderStore store;
    private final SubordinateStore subordinates;
    private final OwnKeys keys;
    private final Interfaces interfaces;
    private final Grants grants;
    private final Guides guides;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();

    SentOrders(
            SentOrderStore store,
            SubordinateStore subordinates,
            OwnKeys keys,
            Interfaces interfaces,
            Grants grants,
            Guides guides,
            Organisations organisations,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.subordinates = subordinates;
        this.keys = keys;
        this.interfaces = interfaces;
        this.grants = grants;
        this.guides = guides;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /**
     * What is ordered.
     *
     * @param interfaceId of the city for SUSPEND and LIFT, of this platform for OFFER and WITHDRAW
     * @param legalBasis needed for SUSPEND
     * @param until when a suspension lapses by itself, or null
     */
    public record Wanted(
            Protocol.@Nullable Act act,
            @Nullable String interfaceId,
            @Nullable String reason,
            @Nullable String legalBasis,
            @Nullable Instant until) {}

    /** The orders to a subordinate, newest first. */
    public Page<SentOrder> list(String subordinate, Slice slice) {
        return store.list(subordinate, slice);
    }

    /**
     * Gives an order.
     *
     * @return its number
     * @throws SuperiorException if the subordinate has not enrolled, or an interface is offered for
     *     which it has no grant in force
     */
    @Transactional
    public long give(String subordinate, Wanted wanted) {
        Actor actor = access.require(Subordinates.MANAGE, organisations.top().code());
        Protocol.Act act = wanted.act();
        if (act == null) {
            throw BorderException.invalid("act", "border.required");
        }
        String interfaceId = Given.text("interface", wanted.interfaceId(), 40);
        String reason = Given.text("reason", wanted.reason(), LONGEST_TEXT);
        boolean suspends = act == Protocol.Act.SUSPEND;
        String basis = suspends ? Given.text("legalBasis", wanted.legalBasis(), LONGEST_TEXT) : "";
        Instant until = suspends ? wanted.until() : null;
        Instant now = clock.instant();
        if (until != null && !until.isAfter(now)) {
            throw BorderException.invalid("until", "superior.until");
        }
        Subordinate to =
                subordinates
                        .lock(subordinate)
                        .orElseThrow(() -> SuperiorException.subordinateNotFound(subordinate));
        if (to.state() != Subordinate.State.ENROLLED) {
            throw SuperiorException.subordinateState(to);
        }
        Protocol.Offer offer = act == Protocol.Act.OFFER ? offer(to, interfaceId) : null;
        long number = subordinates.nextOrder(subordinate);
        String text =
                Wire.JSON.writeValueAsString(
                        new Protocol.Order(
                                to.id(),
                                number,
                                act,
                                interfaceId,
                                now,
                                reason,
                                basis,
                                until,
                                offer));
        store.add(
                to.id(),
                SentOrder.of(text, actor.name(), null, null, null),
                new Protocol.SignedOrder(
                        text, SignedMessage.order(keys.messages().secret(), text)));
        evidence.changed(
                actor.who(),
                "order.given",
                "subordinate:" + to.id(),
                Map.of(
                        "number", Long.toString(number),
                        "act", act.name(),
                        "interface", interfaceId,
                        "reason", reason,
                        "legalBasis", basis));
        wakeWhenCommitted();
        return number;
    }

    /** What the subordinate's grant in force lets through of an interface of this platform. */
    private Protocol.Offer offer(Subordinate to, String interfaceId) {
        Interface each = interfaces.get(interfaceId);
        String key = to.applicationKey();
        Grant grant = key == null ? null : grant(to, interfaceId);
        if (key == null || grant == null) {
            throw SuperiorException.withoutGrant(each.name());
        }
        return new Protocol.Offer(
                each.name(),
                organisations.name(each.organisation()),
                guides.address(each),
                key,
                each.keys(),
                each.fields(grant.fields()),
                grant.validUntil());
    }

    private @Nullable Grant grant(Subordinate to, String interfaceId) {
        Instant now = clock.instant();
        return grants.inForce(String.valueOf(to.application()), interfaceId).stream()
                .filter(g -> g.state(now) == Grant.State.ACTIVE)
                .findFirst()
                .orElse(null);
    }

    private void wakeWhenCommitted() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        lock.lock();
                        try {
                            given.signalAll();
                        } finally {
                            lock.unlock();
                        }
                    }
                });
    }

    /**
     * The orders to a subordinate after a number, as the JSON of an answer; as soon as there are
     * any, or none when the time is up.
     */
    public Object after(String subordinate, long number, Duration patience)
            throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                List<Protocol.SignedOrder> orders = store.after(subordinate, number);
                long left = until - System.nanoTime();
                if (!orders.isEmpty() || left <= 0) {
                    return new Protocol.Orders(
                            orders, subordinates.find(subordinate).orElseThrow().received());
                }
                given.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}

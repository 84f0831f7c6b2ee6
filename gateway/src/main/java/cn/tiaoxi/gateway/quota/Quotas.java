package cn.tiaoxi.gateway.quota;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.gateway.quota.Lease.Wanted;
import cn.tiaoxi.gateway.quota.Subject.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls: of a grant, of an application, of an interface and of an organisation, each second,
 * day, month, and in all. Limits hold for all gateways of a store together; a gateway that dies
 * keeps what it had leased, at most 0.25 % of a limit. Safe for use by threads; never blocks.
 */
public final class Quotas implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final long FORGET_NANOS = TimeUnit.HOURS.toNanos(1);

    private final QuotaStore store;
    private final LeaseDesk desk;
    private final Map<Key, Budget> budgets = new ConcurrentHashMap<>();
    private final Thread keeper;

    private record Key(Kind kind, String id, Span span) {}

    /** Counts with that store, which is closed with it. */
    public Quotas(QuotaStore store) {
        this.store = store;
        this.desk = new LeaseDesk(store, System::nanoTime);
        this.keeper = Thread.ofPlatform().daemon().name("quota-keeper").start(this::keep);
    }

    /** What a call counts against. */
    public Charge charge(Grant grant, CallerApplication application, PublishedInterface published) {
        Charge charge = new Charge();
        add(charge, Kind.GRANT, grant.id(), Span.SECOND, (long) grant.perSecond());
        add(charge, Kind.GRANT, grant.id(), Span.DAY, grant.perDay());
        add(charge, Kind.GRANT, grant.id(), Span.WHOLE, grant.inAll());
        CallLimits own =
                application.restriction() == null
                        ? application.limits()
                        : application.limitsAt(Instant.now());
        addAll(charge, Kind.APPLICATION, application.id(), own);
        addAll(charge, Kind.INTERFACE, published.id(), published.limits());
        addAll(
                charge,
                Kind.ORGANISATION,
                application.organisation(),
                application.organisationLimits());
        return charge;
    }

    private void addAll(Charge charge, Kind kind, String id, CallLimits limits) {
        if (limits.isOpen()) {
            return;
        }
        Integer perSecond = limits.perSecond();
        add(charge, kind, id, Span.SECOND, perSecond == null ? null : (long) perSecond);
        add(charge, kind, id, Span.DAY, limits.perDay());
        add(charge, kind, id, Span.MONTH, limits.perMonth());
    }

    private void add(Charge charge, Kind kind, String id, Span span, @Nullable Long most) {
        if (most != null) {
            charge.add(budget(kind, id, span, most), most);
        }
    }

    private Budget budget(Kind kind, String id, Span span, long most) {
        Key key = new Key(kind, id, span);
        Budget known = budgets.get(key);
        return known != null
                ? known
                : budgets.computeIfAbsent(
                        key,
                        any ->
                                new Budget(
                                        new Subject(kind, id),
                                        span,
                                        most,
                                        desk,
                                        System.nanoTime()));
    }

    /** Why the store cannot be reached, or null if it can. */
    public @Nullable Throwable storeFailure() {
        return desk.failure();
    }

    private void keep() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                if (!desk.isAway()) {
                    giveBackIdle();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBackIdle() {
        long now = System.nanoTime();
        for (var each : budgets.entrySet()) {
            Budget budget = each.getValue();
            boolean forgotten = budget.isIdle(now, FORGET_NANOS);
            giveBack(budget.spare(forgotten, now));
            if (forgotten) {
                budgets.remove(each.getKey());
            }
        }
    }

    private void giveBack(@Nullable Wanted spare) {
        if (spare != null) {
            desk.giveBack(spare);
        }
    }

    /** Gives everything back that is leased and not used. Called when no call is under way. */
    @Override
    public void close() {
        keeper.interrupt();
        long now = System.nanoTime();
        if (!desk.isAway()) {
            budgets.values().forEach(budget -> giveBack(budget.spare(true, now)));
            desk.finish();
        }
        store.close();
    }
}

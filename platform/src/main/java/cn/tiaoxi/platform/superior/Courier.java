package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries reports up and orders down. A report is forgotten when it is acknowledged, which is when
 * the platform above has stored it; until then it is sent again, and taken once by its number. Both
 * ways have a thread of their own: the one of the scheduler must not wait for the network.
 */
@Component
class Courier implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration REPORTS_EVERY = Duration.ofSeconds(1);
    private static final Duration ORDERS_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 120_000;

    private final UplinkStore uplinks;
    private final ReportQueue queue;
    private final OrderWork work;
    private final ProvinceClient province;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile boolean running;
    private List<Thread> threads = List.of();

    Courier(
            UplinkStore uplinks,
            ReportQueue queue,
            OrderWork work,
            ProvinceClient province,
            TransactionTemplate transaction,
            Clock clock) {
        this.uplinks = uplinks;
        this.queue = queue;
        this.work = work;
        this.province = province;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        threads =
                List.of(
                        carry("superior-reports", REPORTS_EVERY, uplink -> sendAll()),
                        carry("superior-orders", ORDERS_EVERY, uplink -> fetch(uplink, PATIENCE)));
    }

    private Thread carry(String name, Duration pause, Errand errand) {
        return Thread.ofVirtual()
                .name(name)
                .start(
                        () -> {
                            while (running) {
                                attempt(errand);
                                LockSupport.parkNanos(pause.toNanos());
                            }
                        });
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (Thread each : threads) {
            try {
                each.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void sendAll() {
        while (running && sendSome()) {
            LOG.debug("Sent a message of reports");
        }
    }

    /** Something to do with the platform above. */
    private interface Errand {
        void run(Uplink uplink);
    }

    /** Does it unless the last attempts failed and it is not time yet; a failure makes a pause. */
    private void attempt(Errand errand) {
        try {
            attemptNow(errand);
        } catch (RuntimeException e) {
            if (running) {
                LOG.error("The platform above waits until the database is back", e);
            }
        }
    }

    private void attemptNow(Errand errand) {
        Uplink uplink = uplinks.find().orElse(null);
        if (uplink == null || uplink.nextTry().isAfter(clock.instant())) {
            return;
        }
        try {
            errand.run(uplink);
        } catch (PlatformException e) {
            failed(uplink, e);
        } catch (RuntimeException e) {
            LOG.error("The platform above could not be dealt with; trying again", e);
            failed(uplink, e);
        }
    }

    private void failed(Uplink before, RuntimeException failure) {
        if (!running) {
            return;
        }
        int failures = before.failures() + 1;
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
        long some = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
        uplinks.failed(
                before.id(),
                failure instanceof PlatformException told ? told.code().name() : "INTERNAL",
                failures,
                clock.instant().plusMillis(some));
        LOG.warn("The platform above: {} ({})", failure.getMessage(), failures);
    }

    /** Sends what goes into one message; whether there may be more. */
    boolean sendSome() {
        Uplink uplink = uplinks.find().orElse(null);
        List<Protocol.Report> reports = uplink == null ? List.of() : queue.next();
        if (uplink == null || reports.isEmpty()) {
            return false;
        }
        Protocol.Receipt receipt = province.send(uplink, new Protocol.Reports(reports));
        acknowledge(uplink, receipt.received());
        return receipt.received() >= reports.getLast().number();
    }

    /**
     * Takes an acknowledgement. If the other end holds less than it once acknowledged, it was
     * restored from a backup; if it holds more than was ever sent, this end was. In both cases all
     * is reported anew.
     */
    private void acknowledge(Uplink asked, long received) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(
                status -> {
                    Optional<Uplink> locked = uplinks.lock();
                    if (locked.isEmpty() || !locked.get().id().equals(asked.id())) {
                        return;
                    }
                    Uplink uplink = locked.get();
                    if (received > uplink.lastNumber()) {
                        LOG.warn("The platform above holds more reports than were sent: all anew");
                        uplinks.number(received);
                        uplinks.acknowledged(received);
                        uplinks.forgetTold();
                    } else if (received < asked.acknowledged()) {
                        LOG.warn("The platform above has lost reports: all anew");
                        uplinks.acknowledged(received);
                        uplinks.forgetTold();
                    } else if (received > uplink.acknowledged()) {
                        uplinks.acknowledged(received);
                    }
                    uplinks.reached(uplink.id(), now);
                });
    }

    /** Fetches orders and carries them out, each in a transaction with its number. */
    void fetch(Uplink uplink, Duration patience) {
        Protocol.Orders answer = province.orders(uplink, uplink.lastOrder(), patience);
        for (Protocol.SignedOrder each : answer.orders()) {
            work.carryOut(uplink, each);
        }
        acknowledge(uplink, answer.received());
    }
}

package cn.tiaoxi.platform.watching;

import cn.tiaoxi.contract.GatewayFigures.Wish;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who watch: each has a thread that sends what there is once a second, so that a slow one
 * holds up nobody.
 */
@Component
public class Watchers {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final int MOST = 100;
    private static final int LOOK_EVERY = 5;
    private static final Wish OFTEN = new Wish(1_000);
    private static final Wish SELDOM = new Wish(5_000);

    private final LiveFigures figures;
    private final long epoch;
    private final AtomicInteger watching = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    Watchers(LiveFigures figures, Clock clock) {
        this.figures = figures;
        this.epoch = clock.millis();
    }

    /** How often figures are wanted now. */
    public Wish wish() {
        return watching.get() > 0 ? OFTEN : SELDOM;
    }

    /** How many watch now. */
    int watching() {
        return watching.get();
    }

    /**
     * Opens a stream of events {@code live} with {@link Live}, one a second; {@code ended} comes
     * last when the person has signed out or may no more.
     *
     * @param lastEvent the last event that was seen before the stream broke off, or empty
     * @param stillMay whether the person may go on; asked every five seconds
     * @throws WatchingException if too many watch
     */
    public SseEmitter open(Window window, String lastEvent, BooleanSupplier stillMay) {
        if (watching.incrementAndGet() > MOST) {
            watching.decrementAndGet();
            throw WatchingException.tooMany(MOST);
        }
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        CountDownLatch ended = new CountDownLatch(1);
        emitter.onCompletion(ended::countDown);
        emitter.onTimeout(emitter::complete);
        emitter.onError(e -> ended.countDown());
        long since = since(lastEvent);
        Thread.ofVirtual()
                .name("watcher")
                .start(() -> run(emitter, ended, window, since, stillMay));
        return emitter;
    }

    /** Events of a platform that was started before mean nothing to this one. */
    private long since(String lastEvent) {
        String mine = epoch + "-";
        try {
            return lastEvent.startsWith(mine)
                    ? Long.parseLong(lastEvent.substring(mine.length()))
                    : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void run(
            SseEmitter emitter,
            CountDownLatch ended,
            Window window,
            long from,
            BooleanSupplier stillMay) {
        long since = from;
        try {
            for (int turn = 1; ended.getCount() > 0 && closing.getCount() > 0; turn++) {
                if (turn % LOOK_EVERY == 0 && !stillMay.getAsBoolean()) {
                    emitter.send(SseEmitter.event().name("ended").data(""));
                    break;
                }
                Live live = figures.live(window, since);
                since = live.now();
                emitter.send(
                        SseEmitter.event()
                                .id(epoch + "-" + since)
                                .name("live")
                                .reconnectTime(2_000)
                                .data(live, MediaType.APPLICATION_JSON));
                pause(ended);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("Somebody watches no more: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // The database is away, say: the page comes again.
            LOG.warn("The live figures break off: {}", e.toString());
        } finally {
            watching.decrementAndGet();
            emitter.complete();
        }
    }

    /** Until the next second begins or the stream ends. */
    private static void pause(CountDownLatch ended) throws InterruptedException {
        long left = 1_000 - System.currentTimeMillis() % 1_000;
        if (ended.await(left, TimeUnit.MILLISECONDS)) {
            LOG.debug("Somebody watches no more");
        }
    }

    /** Lets the server end, which waits for its answers. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.countDown();
    }
}

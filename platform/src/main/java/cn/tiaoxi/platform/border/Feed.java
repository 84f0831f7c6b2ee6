package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events about things that change, each known by a topic. Safe for use by many threads;
 * a listener that went away is forgotten at the next event.
 */
public final class Feed {
    private static final long LONGEST_MILLIS = 30 * 60 * 1000L;

    private final String event;
    private final Map<String, List<SseEmitter>> listeners = new ConcurrentHashMap<>();

    /**
     * @param event name of the events
     */
    public Feed(String event) {
        this.event = event;
    }

    /** Opens a stream about the topic that begins with how things stand. */
    public SseEmitter open(String topic, Object now) {
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        Runnable forget = () -> forget(topic, emitter);
        emitter.onCompletion(forget);
        emitter.onTimeout(emitter::complete);
        emitter.onError(e -> forget.run());
        listeners.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(emitter);
        send(topic, emitter, now);
        return emitter;
    }

    /** Whether anybody listens to the topic. */
    public boolean isFollowed(String topic) {
        return listeners.containsKey(topic);
    }

    /** Tells everybody who listens to the topic. */
    public void tell(String topic, Object now) {
        for (SseEmitter emitter : listeners.getOrDefault(topic, List.of())) {
            send(topic, emitter, now);
        }
    }

    /** Tells a last time and ends the streams. */
    public void end(String topic, Object last) {
        tell(topic, last);
        for (SseEmitter emitter : listeners.getOrDefault(topic, List.of())) {
            emitter.complete();
        }
        listeners.remove(topic);
    }

    private void send(String topic, SseEmitter emitter, Object now) {
        try {
            emitter.send(SseEmitter.event().name(event).data(now, MediaType.APPLICATION_JSON));
        } catch (IOException | IllegalStateException e) {
            forget(topic, emitter);
        }
    }

    private void forget(String topic, SseEmitter emitter) {
        listeners.computeIfPresent(
                topic,
                (t, all) -> {
                    all.remove(emitter);
                    return all.isEmpty() ? null : all;
                });
    }
}

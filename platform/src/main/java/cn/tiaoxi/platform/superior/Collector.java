package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.city.Organisations;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what changed since it was last put into reports, by comparing, not by listening: whatever
 * breaks off, the next comparison finds it. What was found and that it was found are one
 * transaction.
 */
@Component
class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration TRAFFIC_EVERY = Duration.ofMinutes(1);
    private static final int HOURS_AT_ONCE = 1_000;
    private static final List<Protocol.Kind> STATES =
            List.of(Protocol.Kind.CATALOGUE, Protocol.Kind.INTERFACE, Protocol.Kind.VIOLATION);

    private final UplinkStore uplinks;
    private final ReportQueue queue;
    private final StateReader states;
    private final HourStore hours;
    private final Organisations organisations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Collector(
            UplinkStore uplinks,
            ReportQueue queue,
            StateReader states,
            HourStore hours,
            Organisations organisations,
            TransactionTemplate transaction,
            Clock clock) {
        this.uplinks = uplinks;
        this.queue = queue;
        this.states = states;
        this.hours = hours;
        this.organisations = organisations;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 2_000, initialDelay = 5_000)
    void collectNow() {
        if (uplinks.find().isEmpty()) {
            return;
        }
        try {
            collect();
        } catch (RuntimeException e) {
            LOG.error("What changed could not be put into reports; trying again", e);
        }
    }

    /** Puts into reports whatever changed. */
    void collect() {
        for (String origin : hours.origins()) {
            while (Boolean.TRUE.equals(transaction.execute(s -> hours.count(origin)))) {
                LOG.debug("Counted some calls of {}", origin);
            }
        }
        for (Protocol.Kind kind : STATES) {
            transaction.executeWithoutResult(status -> states(kind));
        }
        transaction.executeWithoutResult(status -> traffic());
    }

    private void states(Protocol.Kind kind) {
        Optional<Uplink> uplink = uplinks.lock();
        if (uplink.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<String, String> told = states.told(kind);
        List<ReportQueue.New> reports = new ArrayList<>();
        states.now(kind)
                .forEach(
                        (id, body) -> {
                            String digest = digest(body);
                            if (!digest.equals(told.remove(id))) {
                                reports.add(new ReportQueue.New(kind, id, named(body)));
                                states.tell(kind, id, digest, now);
                            }
                        });
        for (String gone : told.keySet()) {
            reports.add(new ReportQueue.New(kind, gone, null));
            states.forget(kind, gone);
        }
        queue.add(uplink.get(), reports, now);
    }

    private static String digest(String body) {
        return HexFormat.of().formatHex(Prints.sha256(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** With the organisation's name, which the other end does not know by its code. */
    private Object named(String body) {
        ObjectNode json = (ObjectNode) StateReader.json(body);
        return json.put(
                "organisationName", organisations.name(json.path("organisation").asString("")));
    }

    private void traffic() {
        Optional<Uplink> uplink = uplinks.lock();
        if (uplink.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<ReportQueue.New> reports = new ArrayList<>();
        for (Hour each : hours.dirty(now.minus(TRAFFIC_EVERY), HOURS_AT_ONCE)) {
            reports.add(new ReportQueue.New(Protocol.Kind.TRAFFIC, each.object(), each));
            hours.told(each, now);
        }
        queue.add(uplink.get(), reports, now);
    }
}

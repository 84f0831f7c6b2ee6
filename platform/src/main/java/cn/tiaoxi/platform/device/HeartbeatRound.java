package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the reports that came together as one transaction: judges each row, writes the newest
 * heartbeat of each device, and counts what became of every row.
 */
@Component
class HeartbeatRound {
    private final HeartbeatStore store;
    private final Silence silence;
    private final DeviceKinds kinds;
    private final DeviceProperties properties;
    private final City city;
    private final Clock clock;

    HeartbeatRound(
            HeartbeatStore store,
            Silence silence,
            DeviceKinds kinds,
            DeviceProperties properties,
            City city,
            Clock clock) {
        this.store = store;
        this.silence = silence;
        this.kinds = kinds;
        this.properties = properties;
        this.city = city;
        this.clock = clock;
    }

    /** What one reporter sent at once. */
    record Report(Source source, List<HeartbeatReader.Row> rows) {}

    /** Takes the reports, or none of them; the receipts are in their order. */
    @Transactional
    public List<Receipt> take(List<Report> reports) {
        Instant now = clock.instant();
        Map<String, HeartbeatStore.Known> known = store.lock(codes(reports));
        Map<String, HeartbeatStore.Beat> newest = new TreeMap<>();
        TreeMap<HeartbeatStore.Count, Long> counts = new TreeMap<>();
        List<Receipt> receipts = new ArrayList<>(reports.size());
        for (Report report : reports) {
            receipts.add(judge(report, known, newest, counts, now));
        }
        if (!newest.isEmpty()) {
            write(List.copyOf(newest.values()), known, now);
        }
        if (!counts.isEmpty()) {
            store.count(LocalDate.ofInstant(now, city.zone()), counts);
        }
        Set<String> sources = new HashSet<>();
        reports.forEach(r -> sources.add(r.source().id()));
        store.used(sources, now);
        return receipts;
    }

    private static Set<String> codes(List<Report> reports) {
        Set<String> codes = new HashSet<>();
        for (Report report : reports) {
            report.rows().stream()
                    .filter(r -> r.heartbeat() != null)
                    .forEach(r -> codes.add(r.code()));
        }
        return codes;
    }

    private Receipt judge(
            Report report,
            Map<String, HeartbeatStore.Known> known,
            Map<String, HeartbeatStore.Beat> newest,
            Map<HeartbeatStore.Count, Long> counts,
            Instant now) {
        List<Receipt.Refused> refused = new ArrayList<>();
        int place = 0;
        for (HeartbeatReader.Row row : report.rows()) {
            HeartbeatStore.Known device = known.get(row.code());
            Refusal refusal = refusal(row, device, report.source(), now);
            Heartbeat heartbeat = row.heartbeat();
            if (refusal == null && device != null && heartbeat != null) {
                newest.merge(
                        device.entry(),
                        beat(device, heartbeat, now),
                        (a, b) -> a.time().isAfter(b.time()) ? a : b);
            } else if (refusal != null) {
                refused.add(new Receipt.Refused(place, row.code(), refusal));
            }
            String outcome = refusal == null ? Tally.ACCEPTED : refusal.name();
            counts.merge(new HeartbeatStore.Count(report.source().id(), outcome), 1L, Long::sum);
            place++;
        }
        return new Receipt(place - refused.size(), refused);
    }

    private @Nullable Refusal refusal(
            HeartbeatReader.Row row,
            HeartbeatStore.@Nullable Known device,
            Source source,
            Instant now) {
        Heartbeat heartbeat = row.heartbeat();
        if (heartbeat == null) {
            return row.refusal();
        }
        if (device == null) {
            return Refusal.CODE_UNKNOWN;
        }
        if (!source.may(device.organisation())) {
            return Refusal.DEVICE_FOREIGN;
        }
        if (device.ended()) {
            return Refusal.DEVICE_NOT_IN_USE;
        }
        Instant time = heartbeat.time();
        if (time != null && time.isAfter(now.plus(properties.ahead()))) {
            return Refusal.TIME_AHEAD;
        }
        return time != null && time.isBefore(now.minus(properties.oldest()))
                ? Refusal.TIME_OLD
                : null;
    }

    /** A clock that runs a little ahead is set to now. */
    private static HeartbeatStore.Beat beat(
            HeartbeatStore.Known device, Heartbeat heartbeat, Instant now) {
        Instant time = heartbeat.time();
        return new HeartbeatStore.Beat(
                device.entry(),
                time == null || time.isAfter(now) ? now : time,
                heartbeat.battery(),
                heartbeat.signal(),
                heartbeat.status());
    }

    private void write(
            List<HeartbeatStore.Beat> beats, Map<String, HeartbeatStore.Known> known, Instant now) {
        Map<String, HeartbeatStore.Known> byEntry = new HashMap<>();
        known.values().forEach(k -> byEntry.put(k.entry(), k));
        Set<String> written = store.write(beats);
        List<HeartbeatStore.Beat> again = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (HeartbeatStore.Beat beat : beats) {
            HeartbeatStore.Known device = byEntry.get(beat.entry());
            if (device == null || !written.contains(beat.entry())) {
                continue;
            }
            if (!device.online()) {
                again.add(beat);
            }
            if (!beat.time().plus(kinds.offlineAfter(device.kind())).isAfter(now)) {
                late.add(beat.entry());
            }
        }
        if (!again.isEmpty()) {
            store.heardAgain(again);
        }
        if (!late.isEmpty()) {
            silence.end(late, now);
        }
    }
}

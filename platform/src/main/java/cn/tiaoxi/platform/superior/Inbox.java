package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Takes reports of platforms below, each once, and shows what they reported. */
@Service
public class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int LONGEST_OBJECT = 200;
    private static final Duration SHOWN = Duration.ofDays(31);

    private final SubordinateStore subordinates;
    private final ReportedStore store;
    private final SentOrderStore orders;
    private final City city;
    private final Clock clock;

    Inbox(
            SubordinateStore subordinates,
            ReportedStore store,
            SentOrderStore orders,
            City city,
            Clock clock) {
        this.subordinates = subordinates;
        this.store = store;
        this.orders = orders;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Takes a message of reports, all of it or nothing. What was taken before is passed over, so
     * that a message may be sent again.
     *
     * @return the answer's JSON: the highest number that is stored, durably once this returns
     * @throws SuperiorException if it is not as it should be
     */
    @Transactional
    public Object take(String subordinate, byte[] body) {
        List<Protocol.Report> reports = read(body);
        Subordinate from = subordinates.lock(subordinate).orElseThrow();
        long received = from.received();
        for (Protocol.Report each : reports) {
            if (each.number() > received) {
                take(subordinate, each);
                received = each.number();
            }
        }
        if (received > from.received()) {
            subordinates.received(subordinate, received);
        }
        return new Protocol.Receipt(received);
    }

    private static List<Protocol.Report> read(byte[] body) {
        List<Protocol.Report> reports;
        try {
            reports = Wire.read(body, Protocol.Reports.class).reports();
        } catch (IllegalArgumentException e) {
            throw SuperiorException.malformed("reports");
        }
        if (reports == null || reports.size() > Protocol.MOST_REPORTS) {
            throw SuperiorException.malformed("reports");
        }
        long before = 0;
        for (Protocol.Report each : reports) {
            if (each == null
                    || each.number() <= before
                    || each.kind() == null
                    || each.time() == null
                    || each.object() == null
                    || each.object().length() > LONGEST_OBJECT) {
                throw SuperiorException.malformed("report after " + before);
            }
            before = each.number();
        }
        return reports;
    }

    private void take(String subordinate, Protocol.Report report) {
        Protocol.Kind kind = kind(report.kind());
        JsonNode body = report.body() == null || report.body().isNull() ? null : report.body();
        if (kind == null) {
            LOG.warn("A report of the kind {} is passed over", report.kind());
            return;
        }
        try {
            switch (kind) {
                case CATALOGUE, INTERFACE, VIOLATION -> {
                    if (body == null) {
                        store.remove(subordinate, report);
                    } else {
                        store.put(subordinate, report, body, clock.instant());
                    }
                }
                case TRAFFIC -> {
                    Hour hour = body == null ? null : Wire.JSON.treeToValue(body, Hour.class);
                    if (hour == null || hour.hour() == null || hour.interfaceId() == null) {
                        throw SuperiorException.malformed("report " + report.number());
                    }
                    store.putHour(subordinate, report, hour);
                }
                case ORDER -> {
                    if (body != null) {
                        orders.answered(
                                subordinate,
                                Wire.JSON.treeToValue(body, OrderResult.class),
                                report.time());
                    }
                }
            }
        } catch (JacksonException | NullPointerException e) {
            throw SuperiorException.malformed("report " + report.number());
        }
    }

    private static Protocol.@org.jspecify.annotations.Nullable Kind kind(String name) {
        for (Protocol.Kind each : Protocol.Kind.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** What of a kind a subordinate reported, as it is now. */
    public Page<Reported> list(String subordinate, Shown kind, String text, Slice slice) {
        return store.list(subordinate, kind.name(), text, slice);
    }

    /** What is kept as things. */
    public enum Shown {
        CATALOGUE,
        INTERFACE,
        VIOLATION
    }

    /** A subordinate's calls of the last 31 days, day by day, without days of none. */
    public List<Reported.Day> days(String subordinate) {
        return store.days(subordinate, city.zone().getId(), clock.instant().minus(SHOWN));
    }
}

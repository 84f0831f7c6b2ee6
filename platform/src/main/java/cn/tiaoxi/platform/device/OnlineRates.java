package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much of their time devices are heard. The online rate of devices over some time is the sum of
 * the seconds in which they were watched and not in an outage, divided by the sum of the seconds in
 * which they were watched. Days that are over are kept as they were; today is computed when asked.
 */
@Service
public class OnlineRates {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineRates.class);

    /** Heartbeats may come a day late, so that a day is computed a second time. */
    private static final int AGAIN = 2;

    private static final int MOST_BEHIND = 35;
    private static final int COUNTY_DIGITS = 6;

    private final RateStore store;
    private final City city;
    private final Clock clock;

    OnlineRates(RateStore store, City city, Clock clock) {
        this.store = store;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Devices together over some time.
     *
     * @param key what they have in common: a day, or the code of a kind, organisation or division
     * @param devices how many; the most of any day
     * @param watched seconds that they were in use, added up
     * @param unheard seconds of these that they were in an outage
     */
    public record Share(String key, long devices, double watched, double unheard) {

        /** The online rate, 0 to 1; not a number where nothing was watched. */
        public double rate() {
            return watched > 0 ? Math.clamp(1 - unheard / watched, 0, 1) : Double.NaN;
        }
    }

    /** The rates of some time, from several sides; days oldest first, others lowest rate first. */
    public record Rates(
            Share whole,
            List<Share> days,
            List<Share> kinds,
            List<Share> organisations,
            List<Share> divisions) {}

    /** The rates of the last days, today among them, of the devices that the filter means. */
    @Transactional(readOnly = true)
    public Rates last(int days, DeviceFilter filter) {
        LocalDate today = today();
        LocalDate from = today.minusDays(days - 1L);
        List<RateStore.Row> rows = new ArrayList<>(store.kept(from, today, filter));
        store.computed(today, start(today), now(), filter).forEach(rows::add);
        return new Rates(
                whole(rows),
                shares(rows, r -> r.day().toString()),
                worst(shares(rows, RateStore.Row::kind)),
                worst(shares(rows, RateStore.Row::organisation)),
                worst(shares(rows, r -> county(r.division()))));
    }

    /** The online rate of one device over the last days; not a number if it is not watched yet. */
    public double last(int days, Device device) {
        Instant until = now();
        return store.one(device.id(), start(today().minusDays(days - 1L)), until).rate();
    }

    private static String county(String division) {
        return division.length() > COUNTY_DIGITS ? division.substring(0, COUNTY_DIGITS) : division;
    }

    private static Share whole(List<RateStore.Row> rows) {
        List<Share> days = shares(rows, r -> r.day().toString());
        return new Share(
                "",
                days.isEmpty() ? 0 : days.getLast().devices(),
                days.stream().mapToDouble(Share::watched).sum(),
                days.stream().mapToDouble(Share::unheard).sum());
    }

    /** Adds up by key; devices are added within a day, and the most of the days counts. */
    private static List<Share> shares(
            List<RateStore.Row> rows, Function<RateStore.Row, String> key) {
        Map<String, Map<LocalDate, Long>> devices = new TreeMap<>();
        Map<String, double[]> seconds = new TreeMap<>();
        for (RateStore.Row row : rows) {
            String group = key.apply(row);
            devices.computeIfAbsent(group, g -> new TreeMap<>())
                    .merge(row.day(), row.devices(), Long::sum);
            double[] sums = seconds.computeIfAbsent(group, g -> new double[2]);
            sums[0] += row.watched();
            sums[1] += row.unheard();
        }
        List<Share> shares = new ArrayList<>();
        seconds.forEach(
                (group, sums) -> {
                    long most =
                            devices.getOrDefault(group, Map.of()).values().stream()
                                    .mapToLong(Long::longValue)
                                    .max()
                                    .orElse(0);
                    shares.add(new Share(group, most, sums[0], sums[1]));
                });
        return shares;
    }

    private static List<Share> worst(List<Share> shares) {
        return shares.stream().sorted(java.util.Comparator.comparingDouble(Share::rate)).toList();
    }

    /**
     * Keeps the days that are over and were not kept yet.
     *
     * @return how many days were computed
     */
    @Scheduled(cron = "0 15 0 * * *", zone = "Asia/Shanghai")
    @Transactional
    public int keep() {
        LocalDate today = today();
        LocalDate first = today.minusDays(AGAIN);
        LocalDate last = store.lastKept().orElse(first);
        LocalDate day = last.plusDays(1).isBefore(first) ? last.plusDays(1) : first;
        if (day.isBefore(today.minusDays(MOST_BEHIND))) {
            day = today.minusDays(MOST_BEHIND);
        }
        int count = 0;
        for (; day.isBefore(today); day = day.plusDays(1)) {
            store.keep(day, start(day), start(day.plusDays(1)));
            count++;
        }
        LOG.info("online rates of {} days computed", count);
        return count;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now(), city.zone());
    }

    private Instant now() {
        return clock.instant();
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(city.zone()).toInstant();
    }
}

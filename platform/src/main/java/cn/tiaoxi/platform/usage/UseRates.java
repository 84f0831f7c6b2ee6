package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.city.City;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * UseRates of effective sharing: grants in force that are really used, over all grants in force,
 * for the city, per interface, and per organisation as asker and as owner.
 */
@Service
public class UseRates {
    private static final int TREND_DAYS = 90;

    private final UseRateStore store;
    private final UsageTerms terms;
    private final City city;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UseRates(
            UseRateStore store,
            UsageTerms terms,
            City city,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.terms = terms;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What rates are told of. */
    public enum Kind {
        CITY,
        INTERFACE,
        /** Organisations that asked. */
        RECEIVER,
        /** Organisations that gave. */
        OWNER
    }

    /**
     * A rate.
     *
     * @param code of the organisation or interface, empty for the city
     * @param name title of an interface, empty for others
     * @param granted grants in force
     * @param used those of them that are effectively shared
     * @param doubtful those of the others that have calls which do not look like use
     */
    public record Rate(String code, String name, long granted, long used, long doubtful) {}

    /** A rate as it was at the end of a day. */
    public record Daily(LocalDate day, long granted, long used) {}

    /** The rates of now, the lowest first. */
    @Transactional(readOnly = true)
    public List<Rate> now(Kind kind) {
        return store.now(kind, clock.instant()).stream()
                .map(c -> new Rate(c.code(), c.name(), c.granted(), c.used(), c.doubtful()))
                .toList();
    }

    /** The last ninety days of a rate, oldest first. */
    @Transactional(readOnly = true)
    public List<Daily> trend(Kind kind, String code) {
        return store.trend(kind, code, today().minusDays(TREND_DAYS)).stream()
                .map(k -> new Daily(k.day(), k.granted(), k.used()))
                .toList();
    }

    /** When a grant counts as effectively shared. */
    public UsageTerms.Effective effective() {
        return terms.effective();
    }

    /** Keeps today's rates. */
    @Scheduled(initialDelay = 60_000, fixedDelayString = "PT10M")
    void keep() {
        for (Kind kind : Kind.values()) {
            transaction.executeWithoutResult(s -> store.keep(kind, today(), clock.instant()));
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }
}

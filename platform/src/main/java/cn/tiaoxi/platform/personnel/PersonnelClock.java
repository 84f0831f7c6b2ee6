package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.city.City;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends access when its time is over: every minute those whose clearance, contract or training ran
 * out, and every night everybody, since what a person reaches changes elsewhere too.
 */
@Component
class PersonnelClock {
    private static final Logger LOG = LoggerFactory.getLogger(PersonnelClock.class);

    private final Standing standing;
    private final KeyPersonStore store;
    private final AccessGuard guard;
    private final Coverage coverage;
    private final City city;

    PersonnelClock(
            Standing standing,
            KeyPersonStore store,
            AccessGuard guard,
            Coverage coverage,
            City city) {
        this.standing = standing;
        this.store = store;
        this.guard = guard;
        this.coverage = coverage;
        this.city = city;
    }

    /** Those who are due, each in a transaction of their own. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT20S")
    void goOff() {
        look(store.due(standing.today(), standing.untrainedSince(), city.zone()));
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT30S")
    void count() {
        coverage.refresh();
    }

    @Scheduled(cron = "0 40 1 * * *", zone = "Asia/Shanghai")
    void lookAtAll() {
        look(store.everybody().stream().map(KeyPerson::entry).toList());
        coverage.refresh();
    }

    private void look(List<String> entries) {
        for (String entry : entries) {
            try {
                guard.look(entry);
            } catch (RuntimeException e) {
                LOG.error("The key person {} could not be looked at", entry, e);
            }
        }
    }
}

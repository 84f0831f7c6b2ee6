package cn.tiaoxi.platform.ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Inspects all entries every night, since some rules look at the clock. */
@Component
class DailyInspection {
    private static final Logger LOG = LoggerFactory.getLogger(DailyInspection.class);

    private final Ledger ledger;

    DailyInspection(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Each entry in a transaction of its own, so that one cannot hold up the others. */
    @Scheduled(cron = "0 20 2 * * *", zone = "Asia/Shanghai")
    void inspect() {
        int[] counts = new int[2];
        for (LedgerType type : ledger.types()) {
            ledger.each(
                    type.id(),
                    entry -> {
                        counts[0]++;
                        counts[1] += ledger.inspect(type.id(), entry.id()) ? 1 : 0;
                    });
        }
        LOG.info("inspected {} entries; the findings of {} changed", counts[0], counts[1]);
    }
}

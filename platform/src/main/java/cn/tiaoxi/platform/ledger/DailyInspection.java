package cn.tiaoxi.platform.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Inspects all entries every night, since some rules look at the clock. */
@Component
class DailyInspection {
    private static final Logger LOG = LoggerFactory.getLogger(DailyInspection.class);
    private static final int AT_ONCE = 200;

    private final Ledger ledger;

    DailyInspection(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Each entry in a transaction of its own, so that one cannot hold up the others. */
    @Scheduled(cron = "0 20 2 * * *", zone = "Asia/Shanghai")
    void inspect() {
        int seen = 0;
        int changed = 0;
        for (LedgerType type : ledger.types()) {
            @Nullable String last = null;
            List<Entry> entries;
            do {
                entries = ledger.after(type.id(), last, AT_ONCE);
                for (Entry entry : entries) {
                    seen++;
                    changed += ledger.inspect(type.id(), entry.id()) ? 1 : 0;
                    last = entry.id();
                }
            } while (!entries.isEmpty());
        }
        LOG.info("inspected {} entries; the findings of {} changed", seen, changed);
    }
}

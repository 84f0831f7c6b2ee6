package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryChanged;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps checklists for lists and rates up with the ledgers, shortly after each change, and all of
 * them every night. What decides, the gate, computes anew.
 */
@Component
class ChecklistKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ChecklistKeeper.class);
    private static final int AT_ONCE = 500;
    private static final int MOST_AT_A_TIME = 5_000;
    private static final int MOST_PARTS = 20;

    private final Checks checks;
    private final ConformanceRules rules;
    private final ChecklistStore store;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final City city;
    private final Clock clock;

    ChecklistKeeper(
            Checks checks,
            ConformanceRules rules,
            ChecklistStore store,
            Ledger ledger,
            TransactionTemplate transaction,
            City city,
            Clock clock) {
        this.checks = checks;
        this.rules = rules;
        this.store = store;
        this.ledger = ledger;
        this.transaction = transaction;
        this.city = city;
        this.clock = clock;
    }

    @Async
    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void changed(EntryChanged event) {
        if (event.type().equals(rules.components().ledger())) {
            keepAll();
        } else if (event.type().equals(rules.ledger())) {
            keep(List.of(event.id()), checks.mandatory());
        } else if (isReferredTo(event.type())) {
            keep(store.referring(rules.ledger(), event.id()), checks.mandatory());
        }
    }

    /** Whether applications refer to entries of that ledger. */
    private boolean isReferredTo(String type) {
        return ledger.type(rules.ledger()).fields().stream().anyMatch(f -> type.equals(f.ledger()));
    }

    /**
     * Catches up with what was written in bulk, or while nobody listened, so that checklists cost
     * imports nothing.
     */
    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT35S")
    void catchUp() {
        for (int part = 0; part < MOST_PARTS; part++) {
            List<String> stale = store.stale(rules.ledger(), MOST_AT_A_TIME);
            keepParts(stale);
            if (stale.size() < MOST_AT_A_TIME) {
                return;
            }
        }
    }

    /** The checklist of an entry, as it is kept from now on. */
    Checklist keep(Entry entry) {
        Checklist checklist = checks.of(entry);
        store.save(List.of(kept(entry, checklist)), clock.instant());
        return checklist;
    }

    private void keepParts(List<String> all) {
        if (all.isEmpty()) {
            return;
        }
        Mandatory mandatory = checks.mandatory();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> part = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            transaction.executeWithoutResult(s -> keep(part, mandatory));
        }
    }

    private void keep(List<String> ids, Mandatory mandatory) {
        if (ids.isEmpty()) {
            return;
        }
        List<Entry> present = new ArrayList<>();
        for (Entry entry : ledger.all(rules.ledger(), ids).values()) {
            if (entry.removed() == null) {
                present.add(entry);
            } else {
                store.forget(entry.id());
            }
        }
        if (!present.isEmpty()) {
            save(present, mandatory);
        }
    }

    private void save(List<Entry> entries, Mandatory mandatory) {
        List<Checklist> computed = checks.of(entries, mandatory);
        List<ChecklistStore.Kept> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            all.add(kept(entries.get(i), computed.get(i)));
        }
        store.save(all, clock.instant());
    }

    private ChecklistStore.Kept kept(Entry entry, Checklist checklist) {
        boolean before = rules.before().contains(entry.state());
        boolean ended = !ledger.type(rules.ledger()).counts(entry.state());
        return new ChecklistStore.Kept(entry, checklist, before, ended);
    }

    /** Those whose waiver ended. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT25S")
    void goOff() {
        keepParts(store.waiversEnded(checks.today(), city.zone()));
    }

    /** All of them, a part in a transaction of its own. */
    @Scheduled(cron = "0 50 2 * * *", zone = "Asia/Shanghai")
    void keepAll() {
        Mandatory mandatory = checks.mandatory();
        List<Entry> part = new ArrayList<>();
        int[] count = new int[1];
        ledger.each(
                rules.ledger(),
                entry -> {
                    part.add(entry);
                    count[0]++;
                    if (part.size() == AT_ONCE) {
                        flush(part, mandatory);
                    }
                });
        flush(part, mandatory);
        LOG.info("computed {} checklists", count[0]);
    }

    private void flush(List<Entry> part, Mandatory mandatory) {
        if (!part.isEmpty()) {
            List<Entry> entries = List.copyOf(part);
            part.clear();
            transaction.executeWithoutResult(s -> save(entries, mandatory));
        }
    }
}

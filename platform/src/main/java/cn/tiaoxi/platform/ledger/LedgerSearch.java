package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.search.SearchIndex;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Makes the entries of all ledgers known to the search. */
@Component
class LedgerSearch {
    private final Ledger ledger;
    private final LedgerTypes types;
    private final EntryStore entries;
    private final SearchIndex search;

    LedgerSearch(Ledger ledger, LedgerTypes types, EntryStore entries, SearchIndex search) {
        this.ledger = ledger;
        this.types = types;
        this.entries = entries;
        this.search = search;
        ledger.types().forEach(t -> offer(t.id()));
    }

    private void offer(String type) {
        search.offer(new LedgerSource(ledger, entries, type, () -> types.get(type)));
    }

    private String kind(String type) {
        return LedgerSource.kind(types.get(type));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntryChanged event) {
        search.update(kind(event.type()), List.of(event.id()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntriesChanged event) {
        search.update(kind(event.type()), event.ids());
    }

    /** What is searched and filtered may be other fields now. */
    @TransactionalEventListener(fallbackExecution = true)
    void changed(TypeChanged event) {
        offer(event.type());
        Thread.ofVirtual().name("search-rebuild").start(() -> search.rebuild(kind(event.type())));
    }
}

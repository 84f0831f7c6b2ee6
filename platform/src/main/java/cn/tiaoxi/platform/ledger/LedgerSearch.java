package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.search.SearchIndex;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Makes the entries of all ledgers known to the search. */
@Component
class LedgerSearch {
    private final SearchIndex search;

    LedgerSearch(Ledger ledger, SearchIndex search) {
        this.search = search;
        ledger.types().forEach(t -> search.offer(new LedgerSource(ledger, t)));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntryChanged event) {
        search.update(event.type(), event.id());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(EntriesChanged event) {
        event.ids().forEach(id -> search.update(event.type(), id));
    }
}

package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.search.SearchFilter;
import cn.tiaoxi.platform.search.SearchIndex;
import cn.tiaoxi.platform.search.SearchPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Service;

/**
 * Lists of ledgers: which entries, in what order and how many comes from the search index, so that
 * any filter of a million entries is as quick as none; what is shown of them comes from the
 * database. Removed entries, and those of ledgers that a module indexes in its own way, are listed
 * by the database alone.
 */
@Service
public class EntryLists {
    private static final int MOST_VALUES = 200;

    private final Ledger ledger;
    private final SearchIndex search;

    /**
     * Lists are work for processors: so many are read at once as can be, and the others wait in
     * line. Otherwise twenty at once would all take as long as the slowest, and some far longer.
     */
    private final Semaphore turns =
            new Semaphore(Runtime.getRuntime().availableProcessors() + 1, true);

    EntryLists(Ledger ledger, SearchIndex search) {
        this.ledger = ledger;
        this.search = search;
    }

    /**
     * How many entries have a value.
     *
     * @param value the value as entries have it
     */
    public record Count(String value, long count) {}

    /**
     * Part of a ledger.
     *
     * @param q what was typed into the search; blank filters nothing
     */
    public Page<Entry> page(EntryFilter filter, String q, Slice slice) {
        LedgerType type = ledger.type(filter.type());
        if (type.isManaged() || filter.removed()) {
            return ledger.list(
                    q.isBlank() ? filter : filter.only(search.ids(LedgerSource.kind(type), q)),
                    slice);
        }
        Slice ordered = ordered(type, q, slice);
        turns.acquireUninterruptibly();
        try {
            SearchPage page = search.page(searched(type, filter, q), ordered);
            Map<String, Entry> found = ledger.all(filter.type(), page.ids());
            List<Entry> entries =
                    page.ids().stream().map(found::get).filter(Objects::nonNull).toList();
            return slice.page(entries, page.total(), page.next());
        } finally {
            turns.release();
        }
    }

    private static Slice ordered(LedgerType type, String q, Slice slice) {
        String sort = slice.sort();
        if (sort == null) {
            return q.isBlank() ? new Slice("updated", true, slice.limit(), slice.after()) : slice;
        }
        List<String> known = LedgerSource.sorts(type);
        if (!known.contains(sort)) {
            throw BorderException.sortUnknown(sort, String.join(", ", known));
        }
        return slice;
    }

    private static SearchFilter searched(LedgerType type, EntryFilter filter, String q) {
        Map<String, Set<String>> filters = new HashMap<>();
        filter.fields().forEach((f, value) -> filters.put(LedgerSource.FIELD + f, any(value)));
        put(filters, "state", filter.state());
        put(filters, "finding", filter.finding());
        put(filters, "standardised", filter.standardised());
        return new SearchFilter(LedgerSource.kind(type), q, filters, filter.organisations());
    }

    private static void put(Map<String, Set<String>> filters, String field, String value) {
        if (!value.isEmpty()) {
            filters.put(field, any(value));
        }
    }

    /** One of several values, with commas between. */
    private static Set<String> any(String value) {
        return Set.of(value.split(","));
    }

    /**
     * How many entries of a list have each value: state, organisation, rules that found something,
     * and the fields that the type is filtered by.
     *
     * @param fields fields of the type that the asker may count
     */
    public Map<String, List<Count>> facets(EntryFilter filter, String q, List<String> fields) {
        List<String> wanted =
                new ArrayList<>(List.of("state", "organisation", "standardised", "finding"));
        fields.forEach(f -> wanted.add(LedgerSource.FIELD + f));
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        counts(searched(ledger.type(filter.type()), filter, q), wanted)
                .forEach(
                        (field, counts) ->
                                facets.put(
                                        field,
                                        counts.entrySet().stream()
                                                .limit(MOST_VALUES)
                                                .map(c -> new Count(c.getKey(), c.getValue()))
                                                .toList()));
        return facets;
    }

    private Map<String, Map<String, Long>> counts(SearchFilter searched, List<String> fields) {
        turns.acquireUninterruptibly();
        try {
            return search.facets(searched, fields);
        } finally {
            turns.release();
        }
    }
}

package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.search.SearchDocument;
import cn.tiaoxi.platform.search.SearchSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Gives the entries of a ledger to the search, where no module does it better. */
final class LedgerSource implements SearchSource {
    /** Prefix of filters and sorts by fields of the type. */
    static final String FIELD = "f.";

    private static final int AT_ONCE = 2_000;
    private static final int LONGEST_SORT = 100;

    private final Ledger ledger;
    private final EntryStore entries;
    private final Supplier<LedgerType> type;
    private final String ledgerId;

    /**
     * @param type the type in force, whenever it is asked for
     */
    LedgerSource(Ledger ledger, EntryStore entries, String ledgerId, Supplier<LedgerType> type) {
        this.ledger = ledger;
        this.entries = entries;
        this.ledgerId = ledgerId;
        this.type = type;
    }

    /**
     * The kind under which the search knows a ledger's entries. What a module keeps it gives to the
     * search itself; the others stand apart from kinds that happen to have the name of a ledger.
     */
    static String kind(LedgerType type) {
        return type.isManaged() ? type.id() : "ledger-" + type.id();
    }

    @Override
    public String kind() {
        return kind(type.get());
    }

    @Override
    public String name() {
        return type.get().name().shown();
    }

    @Override
    public String permission() {
        return type.get().readPermission();
    }

    @Override
    public void each(java.util.function.Consumer<SearchDocument> taker) {
        List<Indexed> fields = indexed();
        String last = EntryStore.FIRST;
        List<EntryStore.Revised> part;
        do {
            part = entries.revisedAfter(ledgerId, last, AT_ONCE);
            for (EntryStore.Revised each : part) {
                taker.accept(document(fields, each));
            }
            last = part.isEmpty() ? last : part.getLast().entry().id();
        } while (!part.isEmpty());
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return all(List.of(id)).stream().findFirst();
    }

    @Override
    public List<SearchDocument> all(Collection<String> ids) {
        List<Indexed> fields = indexed();
        return entries.revised(ledgerId, ids).stream().map(e -> document(fields, e)).toList();
    }

    @Override
    public void revisions(Revisions taker) {
        entries.revisions(ledgerId, taker::take);
    }

    @Override
    public long count() {
        return ledger.totals(ledgerId).entries();
    }

    /**
     * What is known of a field to be indexed.
     *
     * @param name under which it is filtered and sorted
     */
    private record Indexed(
            String id, String name, boolean searched, boolean filtered, boolean sorted) {
        static Indexed of(LedgerType.Field field) {
            return new Indexed(
                    field.id(),
                    FIELD + field.id(),
                    field.searched() && field.type() == LedgerType.Kind.TEXT,
                    field.filtered(),
                    isSorted(field));
        }

        boolean counts() {
            return searched || filtered || sorted;
        }
    }

    /** The fields of the type in force that are indexed, worked out once for many entries. */
    private List<Indexed> indexed() {
        return type.get().fields().stream().map(Indexed::of).filter(Indexed::counts).toList();
    }

    private SearchDocument document(List<Indexed> fields, EntryStore.Revised revised) {
        Entry entry = revised.entry();
        StringBuilder text = new StringBuilder();
        Map<String, List<String>> filters = new HashMap<>();
        filters.put("state", List.of(entry.state()));
        filters.put("organisation", List.of(entry.organisation()));
        filters.put("standardised", List.of(Boolean.toString(entry.standardised())));
        if (!entry.findings().isEmpty()) {
            filters.put(
                    "finding", entry.findings().stream().map(Finding::rule).distinct().toList());
        }
        Map<String, Object> sorts = new HashMap<>();
        sorts.put("title", bounded(entry.title()));
        sorts.put("code", entry.code());
        sorts.put("organisation", entry.organisation());
        sorts.put("state", entry.state());
        sorts.put("findings", entry.open());
        sorts.put("score", -entry.lost());
        sorts.put("updated", micros(entry.updated()));
        for (Indexed field : fields) {
            Object value = entry.fields().get(field.id());
            if (value == null) {
                continue;
            }
            if (field.searched()) {
                text.append(value).append('\n');
            }
            if (field.filtered()) {
                filters.put(field.name(), entry.texts(field.id()));
            }
            if (field.sorted()) {
                sorts.put(field.name(), sort(value));
            }
        }
        return new SearchDocument(
                entry.id(),
                entry.title(),
                entry.code(),
                text.toString(),
                List.of(entry.code()),
                ledger.link(entry),
                entry.organisation(),
                filters,
                sorts,
                revised.revision());
    }

    private static Object sort(Object value) {
        return value instanceof Number number ? number : bounded(value.toString());
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_SORT ? text : text.substring(0, LONGEST_SORT);
    }

    private static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }

    /** The fields by which lists of a type can be sorted. */
    static List<String> sorts(LedgerType type) {
        List<String> sorts =
                new ArrayList<>(
                        List.of(
                                "title",
                                "code",
                                "organisation",
                                "state",
                                "findings",
                                "score",
                                "updated"));
        type.fields().stream()
                .filter(LedgerSource::isSorted)
                .forEach(f -> sorts.add(FIELD + f.id()));
        return sorts;
    }

    private static boolean isSorted(LedgerType.Field field) {
        return field.listed() && field.read() == null;
    }
}

package cn.tiaoxi.platform.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the entries of a ledger to the search, where no module does it better. */
final class LedgerSource implements SearchSource {
    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final LedgerType type;

    LedgerSource(Ledger ledger, LedgerType type) {
        this.ledger = ledger;
        this.type = type;
    }

    @Override
    public String kind() {
        return type.id();
    }

    @Override
    public String permission() {
        return "ledger:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        @Nullable String last = null;
        List<Entry> entries;
        do {
            entries = ledger.after(type.id(), last, AT_ONCE);
            for (Entry entry : entries) {
                taker.accept(document(entry));
                last = entry.id();
            }
        } while (!entries.isEmpty());
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return ledger.find(type.id(), id).map(this::document);
    }

    private SearchDocument document(Entry entry) {
        return new SearchDocument(
                entry.id(),
                entry.title(),
                entry.code(),
                entry.fields().values().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining("\n")),
                List.of(entry.code()),
                ledger.link(entry),
                entry.organisation());
    }
}

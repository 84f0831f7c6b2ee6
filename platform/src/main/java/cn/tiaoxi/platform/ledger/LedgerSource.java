package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.search.SearchDocument;
import cn.tiaoxi.platform.search.SearchSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gives the entries of a ledger to the search, where no module does it better. */
final class LedgerSource implements SearchSource {
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
        ledger.each(type.id(), e -> taker.accept(document(e)));
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

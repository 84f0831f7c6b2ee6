package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.search.SearchDocument;
import cn.tiaoxi.platform.search.SearchSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Gives interfaces to the search. */
@Component
class InterfaceSearch implements SearchSource {
    static final String KIND = "interface";

    private final InterfaceStore store;

    InterfaceSearch(InterfaceStore store) {
        this.store = store;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String permission() {
        return "interface:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        Slice all = new Slice(null, false, 10_000, null);
        store.list(new InterfaceStore.Filter("", "", "", ""), all)
                .items()
                .forEach(i -> taker.accept(document(i)));
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return store.find(id).map(InterfaceSearch::document);
    }

    private static SearchDocument document(Interface each) {
        List<String> labels = each.fields().stream().map(ServedField::label).toList();
        return new SearchDocument(
                each.id(),
                each.name(),
                each.datasetTitle(),
                String.join("\n", labels),
                List.of(each.id()),
                "/interfaces/" + each.id(),
                null);
    }
}

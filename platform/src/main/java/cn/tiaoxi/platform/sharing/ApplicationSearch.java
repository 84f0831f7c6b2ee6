package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.search.SearchDocument;
import cn.tiaoxi.platform.search.SearchSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Gives applications to the search. */
@Component
class ApplicationSearch implements SearchSource {
    static final String KIND = "application";

    private final ApplicationStore store;

    ApplicationSearch(ApplicationStore store) {
        this.store = store;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String permission() {
        return "application:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        Slice all = new Slice(null, false, 10_000, null);
        store.list(Set.of(), "", "", all).items().forEach(a -> taker.accept(document(a)));
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return store.find(id).map(ApplicationSearch::document);
    }

    private static SearchDocument document(Application each) {
        return new SearchDocument(
                each.id(),
                each.name(),
                each.description(),
                "",
                List.of(each.id()),
                "/applications/" + each.id(),
                each.organisation());
    }
}

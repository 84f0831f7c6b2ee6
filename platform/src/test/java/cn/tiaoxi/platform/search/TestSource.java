package cn.tiaoxi.platform.search;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Things to find that are kept in memory, for tests of the index alone. */
final class TestSource implements SearchSource {
    private final Map<String, SearchDocument> things = new ConcurrentHashMap<>();

    void put(SearchDocument document) {
        things.put(document.id(), document);
    }

    void remove(String id) {
        things.remove(id);
    }

    @Override
    public String kind() {
        return "thing";
    }

    @Override
    public String permission() {
        return "";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        things.values().forEach(taker);
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return Optional.ofNullable(things.get(id));
    }
}

package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.search.SearchDocument;
import cn.tiaoxi.platform.search.SearchSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Gives datasets to the search, with the names of their columns. */
@Component
public class DatasetSearch implements SearchSource {
    private final Ledger ledger;

    DatasetSearch(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String kind() {
        return Datasets.LEDGER;
    }

    @Override
    public String permission() {
        return "dataset:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        ledger.each(Datasets.LEDGER, e -> taker.accept(document(e)));
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return ledger.find(Datasets.LEDGER, id).map(this::document);
    }

    @Override
    public List<SearchDocument> all(Collection<String> ids) {
        return ledger.all(Datasets.LEDGER, ids).values().stream().map(this::document).toList();
    }

    @Override
    public void revisions(Revisions taker) {
        ledger.eachVersion(Datasets.LEDGER, taker::take);
    }

    @Override
    public long count() {
        return ledger.totals(Datasets.LEDGER).entries();
    }

    @Override
    public boolean changedSince(Instant time, Consumer<String> taker) {
        ledger.changedSince(Datasets.LEDGER, time).forEach(taker);
        return true;
    }

    private SearchDocument document(Entry entry) {
        return new SearchDocument(
                entry.id(),
                entry.title(),
                entry.code(),
                String.join("\n", texts(entry)),
                List.of(entry.code()),
                ledger.link(entry),
                entry.organisation(),
                Map.of(),
                Map.of(),
                entry.version());
    }

    /** What the search reads besides the title, and where it shows what it found. */
    public static List<String> texts(Entry entry) {
        List<String> texts = new ArrayList<>();
        for (String field : List.of("summary", "keywords", "theme")) {
            String text = entry.text(field);
            if (text != null) {
                texts.add(text);
            }
        }
        if (entry.facts().get("columns") instanceof List<?> columns) {
            for (Object column : columns) {
                if (column instanceof Map<?, ?> map) {
                    texts.add(String.valueOf(map.get("label")));
                }
            }
        }
        return texts;
    }
}

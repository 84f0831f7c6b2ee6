package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The components that each kind of application must use, as the ledger has them at one moment. Not
 * safe for use by many threads.
 */
final class Mandatory {
    private final Map<String, List<Entry>> byKind = new HashMap<>();

    private Mandatory() {}

    static Mandatory of(Ledger ledger, ConformanceFile.Components where) {
        Mandatory mandatory = new Mandatory();
        ledger.each(
                where.ledger(),
                component -> {
                    if (where.states().contains(component.state())) {
                        for (String kind : component.texts(where.mandatoryFor())) {
                            mandatory
                                    .byKind
                                    .computeIfAbsent(kind, k -> new ArrayList<>())
                                    .add(component);
                        }
                    }
                });
        return mandatory;
    }

    /** Those that an application of these kinds must use, each once. */
    List<Entry> of(List<String> kinds) {
        Map<String, Entry> all = new java.util.LinkedHashMap<>();
        for (String kind : kinds) {
            byKind.getOrDefault(kind, List.of()).forEach(c -> all.put(c.id(), c));
        }
        return List.copyOf(all.values());
    }
}

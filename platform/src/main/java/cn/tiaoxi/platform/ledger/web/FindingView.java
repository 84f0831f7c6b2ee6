package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Finding;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finding in an answer, in the asker's language. */
public record FindingView(
        String rule,
        String name,
        String message,
        String mend,
        int weight,
        Finding.Severity severity,
        @Nullable String field,
        @Nullable String column) {

    /** The findings of an entry, the gravest first. */
    public static List<FindingView> of(Entry entry) {
        return entry.findings().stream()
                .sorted(
                        Comparator.comparing(Finding::severity)
                                .thenComparing(Comparator.comparing(Finding::weight).reversed()))
                .map(
                        f ->
                                new FindingView(
                                        f.rule(),
                                        f.name().shown(),
                                        f.message().shown(),
                                        f.mend().shown(),
                                        f.weight(),
                                        f.severity(),
                                        f.field(),
                                        f.column()))
                .toList();
    }
}

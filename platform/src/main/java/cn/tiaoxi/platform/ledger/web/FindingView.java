package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.ledger.Finding;
import cn.tiaoxi.platform.ledger.FindingInWords;
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

    /** Findings in the language of the request under way. */
    public static List<FindingView> of(List<FindingInWords> findings) {
        return findings.stream()
                .map(
                        f ->
                                new FindingView(
                                        f.finding().rule(),
                                        f.name().shown(),
                                        f.message().shown(),
                                        f.mend().shown(),
                                        f.finding().weight(),
                                        f.finding().severity(),
                                        f.finding().field(),
                                        f.finding().column()))
                .toList();
    }
}

package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.ledger.Upsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row whose cells have been read as values. Handed from the reading to the writing thread. */
final class ReadyRow {
    private final SourceRow source;
    private final Upsert upsert;
    private final List<Finding> findings = new ArrayList<>(0);

    ReadyRow(SourceRow source, Upsert upsert, List<Finding> findings) {
        this.source = source;
        this.upsert = upsert;
        this.findings.addAll(findings);
    }

    long number() {
        return source.number();
    }

    SourceRow source() {
        return source;
    }

    Upsert upsert() {
        return upsert;
    }

    /** What is wrong with it so far. */
    List<Finding> findings() {
        return findings;
    }

    /** The same entry with other values. */
    Upsert with(String organisation) {
        return new Upsert(upsert.code(), upsert.title(), organisation, upsert.fields());
    }

    Upsert with(Map<String, ?> fields) {
        return new Upsert(upsert.code(), upsert.title(), upsert.organisation(), fields);
    }
}

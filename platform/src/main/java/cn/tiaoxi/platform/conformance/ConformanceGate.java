package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Gate;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The gate {@code conformance}: nothing goes live while a mandatory item is in the way. */
@Component
class ConformanceGate implements Gate {
    /** Asked for late: the ledger, which asks gates, is needed to compute checklists. */
    private final ObjectProvider<Checks> checks;

    ConformanceGate(ObjectProvider<Checks> checks) {
        this.checks = checks;
    }

    @Override
    public String id() {
        return "conformance";
    }

    @Override
    public List<String> obstacles(Entry entry) {
        return checks.getObject().of(entry).obstacles().stream()
                .map(
                        i ->
                                Objects.requireNonNull(i.message()).shown()
                                        + " ("
                                        + Objects.requireNonNull(i.mend()).shown()
                                        + ")")
                .toList();
    }
}

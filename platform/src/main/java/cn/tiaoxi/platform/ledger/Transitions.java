package cn.tiaoxi.platform.ledger;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says which changes of state an entry may make now. */
@Component
class Transitions {
    private final LedgerTypes types;
    private final ObjectProvider<Gate> gates;

    Transitions(LedgerTypes types, ObjectProvider<Gate> gates) {
        this.types = types;
        this.gates = gates;
    }

    /**
     * The transition of an action.
     *
     * @throws LedgerException if the state does not permit it, a blocking finding is left, or a
     *     gate is closed
     */
    LedgerType.Transition permitted(Entry entry, String action) {
        LedgerType type = types.get(entry.type());
        LedgerType.Transition transition =
                type.transition(action)
                        .filter(t -> t.from().contains(entry.state()))
                        .orElseThrow(
                                () ->
                                        LedgerException.transitionNotAllowed(
                                                entry.title(),
                                                type.stateName(entry.state()),
                                                action));
        List<FindingInWords> blocking =
                transition.needsSoundness()
                        ? Inspector.inWords(types.inForce(entry.type()), entry).stream()
                                .filter(f -> f.finding().severity() == Finding.Severity.BLOCKING)
                                .toList()
                        : List.of();
        if (!blocking.isEmpty()) {
            throw LedgerException.findingsBlock(
                    entry.title(), blocking.size(), blocking.getFirst().message().shown());
        }
        String gate = transition.gate();
        List<String> obstacles = gate == null ? List.of() : obstacles(gate, entry);
        if (!obstacles.isEmpty()) {
            throw LedgerException.gateClosed(entry.title(), obstacles.size(), obstacles.getFirst());
        }
        return transition;
    }

    private List<String> obstacles(String gate, Entry entry) {
        return gates.stream()
                .filter(g -> g.id().equals(gate))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no gate " + gate))
                .obstacles(entry);
    }
}

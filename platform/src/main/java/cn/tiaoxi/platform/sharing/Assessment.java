package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.SortedMap;

/**
 * What the rules say about a request.
 *
 * @param rules every rule, fired or not
 * @param masks how the rules would hide fields
 * @param deadlineWorkingDays how long a person may take to decide
 */
public record Assessment(
        Outcome outcome,
        List<RuleResult> rules,
        SortedMap<String, Mask> masks,
        int deadlineWorkingDays) {

    public Assessment {
        rules = List.copyOf(rules);
    }

    /** What rules can come to, from mild to strict. */
    public enum Outcome {
        APPROVE,
        REVIEW,
        REFUSE
    }

    /** What one rule says; the reason holds when it fired. */
    public record RuleResult(String id, Words name, boolean fired, Outcome outcome, Words reason) {}

    /** The reasons of the rules that led to the outcome. */
    Words reasons() {
        List<RuleResult> decisive =
                rules.stream().filter(r -> r.fired() && r.outcome() == outcome).toList();
        return new Words(
                String.join("；", decisive.stream().map(r -> r.reason().zh()).toList()),
                String.join("; ", decisive.stream().map(r -> r.reason().en()).toList()));
    }
}

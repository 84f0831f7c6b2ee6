package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.platform.investigation.LeakResult.Finding;
import cn.tiaoxi.platform.investigation.LeakResult.Held;
import cn.tiaoxi.platform.investigation.LeakResult.Marked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Brings what marks prove into what subjects suggest: a recipient whose own marks are in the file
 * comes first, and those who received the same rows are told apart from it.
 */
final class MarkedFindings {
    /** What is found of a recipient that has no row of the file that names anybody. */
    private static final Finding NOTHING =
            new Finding(List.of(), 0, 0, 0, 0, 1, Verdict.NONE, List.of(), List.of());

    private MarkedFindings() {}

    /**
     * The findings, those with marks first.
     *
     * @param marked files whose marks the leaked file bears, the surest first
     * @param recipientOf the application that received a delivery, by its number
     */
    static List<Finding> with(
            List<Finding> findings, List<Marked> marked, LongFunction<String> recipientOf) {
        if (marked.isEmpty()) {
            return findings;
        }
        Map<String, List<Marked>> byApplication = new LinkedHashMap<>();
        marked.forEach(
                m -> byApplication.computeIfAbsent(m.application(), a -> new ArrayList<>()).add(m));
        List<Finding> first = new ArrayList<>();
        byApplication.forEach(
                (application, marks) -> {
                    Finding found =
                            findings.stream()
                                    .filter(f -> f.applications().contains(application))
                                    .findFirst()
                                    .orElse(NOTHING);
                    first.add(proved(found, application, marks, recipientOf));
                });
        List<Finding> others = new ArrayList<>();
        for (Finding each : findings) {
            List<String> left =
                    each.applications().stream()
                            .filter(a -> !byApplication.containsKey(a))
                            .toList();
            if (left.size() == each.applications().size()) {
                others.add(each);
            } else if (!left.isEmpty()) {
                others.add(explained(each, left));
            }
        }
        first.addAll(others);
        return first;
    }

    /** What the others received is explained by whose marks the file bears. */
    private static Finding explained(Finding found, List<String> left) {
        return new Finding(
                left,
                found.rows(),
                found.received(),
                0,
                found.gain(),
                1,
                Verdict.NONE,
                List.of(),
                List.of());
    }

    private static Finding proved(
            Finding found,
            String application,
            List<Marked> marks,
            LongFunction<String> recipientOf) {
        List<Held> held = new ArrayList<>(found.deliveries());
        held.removeIf(each -> !application.equals(recipientOf.apply(each.delivery())));
        for (Marked each : marks) {
            if (held.stream().noneMatch(one -> one.delivery() == each.delivery())) {
                held.add(new Held(each.delivery(), each.canaries()));
            }
        }
        return new Finding(
                List.of(application),
                found.rows(),
                found.received(),
                found.weight(),
                found.gain(),
                Math.min(found.chance(), marks.getFirst().chance()),
                Verdict.STRONG,
                held,
                marks);
    }
}

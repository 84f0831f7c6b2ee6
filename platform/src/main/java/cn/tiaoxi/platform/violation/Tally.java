package cn.tiaoxi.platform.violation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was counted for one rule, of one application or interface, in one window. Sets and samples
 * are bounded. For the thread that counts.
 */
final class Tally {
    private static final int MOST = 20;

    final Key key;
    long amount;
    Instant first;
    Instant last;
    boolean fired;
    final Set<String> grants = new TreeSet<>();
    final Set<String> keys = new TreeSet<>();
    final Set<String> interfaces = new TreeSet<>();
    final List<ViolationCase.Sample> samples = new ArrayList<>();

    /** What is counted. */
    record Key(String rule, String subject, Instant window) {}

    Tally(Key key, Instant first, Instant last) {
        this.key = key;
        this.first = first;
        this.last = last;
    }

    void add(Seen seen, boolean told, int mostSamples) {
        amount = told ? Math.max(amount, seen.amount()) : amount + 1;
        first = seen.time().isBefore(first) ? seen.time() : first;
        last = seen.time().isAfter(last) ? seen.time() : last;
        addTo(grants, seen.grant());
        addTo(keys, seen.key());
        addTo(interfaces, seen.interfaceId());
        if (samples.size() < mostSamples) {
            samples.add(
                    new ViolationCase.Sample(
                            seen.record(), seen.origin(), seen.index(), seen.time()));
        }
    }

    private static void addTo(Set<String> all, String one) {
        if (!one.isEmpty() && all.size() < MOST) {
            all.add(one);
        }
    }
}

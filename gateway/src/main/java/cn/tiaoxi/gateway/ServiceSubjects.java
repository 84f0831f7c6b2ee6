package cn.tiaoxi.gateway;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Whose records a service's answer holds. The trace learns it with the record that says how the
 * answer ended; of an answer about many, in records before that too. For the call's loop.
 */
final class ServiceSubjects implements Consumer<String> {
    private final Call call;
    private final RowSubjects subjects;
    private final OwnTrace trace;
    private long seen;

    ServiceSubjects(Call call, RowSubjects subjects, OwnTrace trace) {
        this.call = call;
        this.subjects = subjects;
        this.trace = trace;
    }

    @Override
    public void accept(String subject) {
        subjects.add(subject);
        seen++;
        if (subjects.isFull()) {
            trace.append(call.subjectsRecord(Map.of("subjects", subjects.noted())));
            subjects.clear();
        }
    }

    /**
     * Adds what is not recorded yet.
     *
     * @param records how many records the answer holds
     */
    void noteRest(long records, Map<String, String> facts) {
        if (seen == 0) {
            return; // Whom the call asked about, if it did, is what is known.
        }
        facts.put("subjects", subjects.noted());
        long without = Math.max(0, records - seen) + subjects.without();
        if (without > 0) {
            facts.put("subjectless", Long.toString(without));
        }
    }
}

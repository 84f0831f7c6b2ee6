package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import org.jspecify.annotations.Nullable;

/** Whom or what delivered rows are about, as digests for the trace. For one thread. */
final class RowSubjects {
    /** What a record takes besides other facts: 40,000 of 65,535 bytes. */
    private static final int MOST = 5_000;

    private final SubjectRule rule;
    private final SubjectDigests digests;
    private final StringBuilder text = new StringBuilder();
    private int count;
    private long without;

    RowSubjects(SubjectRule rule, SubjectDigests digests) {
        this.rule = rule;
        this.digests = digests;
    }

    /** Takes up a row whose subject is that; one without a subject is counted. */
    void add(@Nullable Object subject) {
        String value = normal(subject);
        if (value.isEmpty()) {
            without++;
            return;
        }
        SubjectDigests.write(text, digests.digest(rule.kind(), value));
        count++;
    }

    /** A subject in one spelling; empty where a row names none. */
    static String normal(@Nullable Object subject) {
        return subject == null ? "" : SubjectDigests.normal(RowText.plain(subject));
    }

    /** Whether no further row fits into a record. */
    boolean isFull() {
        return count >= MOST;
    }

    /** Rows taken up since the last {@link #clear}, with a subject or not. */
    boolean isEmpty() {
        return count == 0 && without == 0;
    }

    void clear() {
        text.setLength(0);
        count = 0;
        without = 0;
    }

    /** For a record: digest key, kind and digests, parted by spaces. */
    String noted() {
        return rule.key() + ' ' + rule.kind() + ' ' + text;
    }

    /** Rows that name no subject. */
    long without() {
        return without;
    }
}

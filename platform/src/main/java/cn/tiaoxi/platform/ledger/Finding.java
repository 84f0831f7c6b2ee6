package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule says is wrong with an entry.
 *
 * @param rule identifier of the rule
 * @param name name of the rule
 * @param message what is wrong
 * @param mend how to mend it
 * @param weight how much it counts
 * @param severity how bad it is
 * @param field the field it is about, or null
 * @param column the column of the table it is about, or null
 */
public record Finding(
        String rule,
        Words name,
        Words message,
        Words mend,
        int weight,
        Severity severity,
        @Nullable String field,
        @Nullable String column) {

    /** How bad a finding is. */
    public enum Severity {
        /** Hinders publishing. */
        BLOCKING,
        /** The entry is not standardised. */
        FINDING,
        /** Could be better. */
        ADVICE
    }

    boolean counts() {
        return severity != Severity.ADVICE;
    }
}

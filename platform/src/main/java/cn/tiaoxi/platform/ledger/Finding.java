package cn.tiaoxi.platform.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule says is wrong with an entry. Its texts are the rule's, see {@link
 * Ledger#inWords}.
 *
 * @param rule identifier of the rule
 * @param weight how much it counts
 * @param severity how bad it is
 * @param field the field it is about, or null
 * @param column the column of the table it is about, or null
 * @param values what fills the places of the rule's texts, by name; null without any
 * @param failure why the rule could not be evaluated, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        String rule,
        int weight,
        Severity severity,
        @Nullable String field,
        @Nullable String column,
        @Nullable Map<String, String> values,
        @Nullable String failure) {

    /** How bad a finding is. */
    public enum Severity {
        /** Hinders publishing. */
        BLOCKING,
        /** The entry is not standardised. */
        FINDING,
        /** Could be better. */
        ADVICE
    }

    public Finding {
        values = values == null || values.isEmpty() ? null : Map.copyOf(values);
    }

    boolean counts() {
        return severity != Severity.ADVICE;
    }
}

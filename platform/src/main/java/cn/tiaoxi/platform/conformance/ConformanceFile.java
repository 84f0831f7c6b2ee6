package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of {@code conformance.yaml}.
 *
 * @param ledger ledger whose entries are checked
 * @param before states of entries that have not gone live yet
 * @param components which components an application must use
 * @param items what is checked, in order
 */
record ConformanceFile(
        String ledger, List<String> before, Components components, List<Item> items) {

    /**
     * Where mandatory components stand.
     *
     * @param kind field of the application that tells its kind
     * @param used field of the application that refers to the components it uses
     * @param ledger ledger of components
     * @param mandatoryFor field of a component that names the kinds that must use it
     * @param states states in which a component can be used
     */
    record Components(
            String kind, String used, String ledger, String mandatoryFor, List<String> states) {}

    /**
     * Something to check.
     *
     * @param description what it is about, or null where the name says it
     * @param expression what must hold, in CEL
     * @param mandatory whether the application cannot go live without it
     * @param values in CEL what fills the places of the texts
     * @param message what is wrong where it does not hold
     * @param mend how to mend it
     * @param plan row of the requirements that it serves
     */
    record Item(
            String id,
            Words name,
            @Nullable Words description,
            @Nullable Boolean mandatory,
            String expression,
            @Nullable Map<String, String> values,
            Words message,
            Words mend,
            @Nullable String field,
            @Nullable String plan) {
        /** Whether it hinders going live; yes unless told. */
        boolean hinders() {
            return !Boolean.FALSE.equals(mandatory);
        }
    }
}

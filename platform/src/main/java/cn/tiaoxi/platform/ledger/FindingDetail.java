package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What standardisation rules add to each rule.
 *
 * @param message what is wrong, with {@code {name}} places
 * @param mend how to mend it
 * @param field the field it is about, with places
 * @param column the column it is about, with places
 * @param severity how bad it is; FINDING unless told
 */
record FindingDetail(
        Words message,
        Words mend,
        @Nullable String field,
        @Nullable String column,
        Finding.@Nullable Severity severity) {

    /** What the rules may name. */
    static final Set<String> VARIABLES = Set.of("entry", "fields", "facts", "type", "links");
}

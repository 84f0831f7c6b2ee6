package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

    private static final List<String> ENTRY =
            List.of("id", "code", "title", "organisation", "state", "created", "updated");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*");

    /**
     * What the rules of a type may name. Each member of {@code entry} and {@code fields} is a
     * variable of its own too, so that naming one does not look at the others.
     */
    static Set<String> variables(LedgerType type) {
        Set<String> names = new HashSet<>(Set.of("entry", "fields", "facts", "type", "links"));
        ENTRY.forEach(m -> names.add("entry." + m));
        for (LedgerType.Field field : type.fields()) {
            if (NAME.matcher(field.id()).matches()) {
                names.add("fields." + field.id());
            }
        }
        return names;
    }
}

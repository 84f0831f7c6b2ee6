package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the codes of entries that rows call by their titles, and remembers them. A title that
 * several entries have leads to none. Used by one thread.
 */
final class References {
    private static final int MOST_REMEMBERED = 100_000;

    private final Ledger ledger;
    private final List<LedgerType.Field> fields;
    private final Map<String, Map<String, List<String>>> byLedger = new HashMap<>();
    private int remembered;

    References(Ledger ledger, LedgerType type) {
        this.ledger = ledger;
        this.fields =
                type.fields().stream().filter(f -> f.type() == LedgerType.Kind.REFERENCE).toList();
    }

    /** Looks up what these values may be titles of. */
    void fetch(LedgerType.Field field, Collection<String> texts) {
        String other = Objects.requireNonNull(field.ledger());
        if (remembered > MOST_REMEMBERED) {
            byLedger.clear();
            remembered = 0;
        }
        Map<String, List<String>> known = byLedger.computeIfAbsent(other, l -> new HashMap<>());
        Set<String> missing = new HashSet<>(texts);
        missing.removeAll(known.keySet());
        Map<String, List<String>> found = ledger.codesByTitle(other, missing);
        missing.forEach(t -> known.put(t, found.getOrDefault(t, List.of())));
        remembered += missing.size();
    }

    /** The codes of the entries with that title, as far as it was looked up. */
    List<String> codes(LedgerType.Field field, String title) {
        return byLedger.getOrDefault(Objects.requireNonNull(field.ledger()), Map.of())
                .getOrDefault(title, List.of());
    }

    /** The texts of a row's reference. */
    static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Collection<?> all -> all.stream().map(String::valueOf).toList();
            default -> List.of(value.toString());
        };
    }

    List<LedgerType.Field> fields() {
        return fields;
    }

    /** Values with codes in place of the titles that lead to one; the same if there are none. */
    Map<String, ?> coded(Map<String, ?> values) {
        if (remembered == 0) {
            return values;
        }
        Map<String, @Nullable Object> coded = null;
        for (LedgerType.Field field : fields) {
            Object value = values.get(field.id());
            if (value == null) {
                continue;
            }
            List<String> texts = texts(value);
            List<String> codes = new ArrayList<>();
            for (String text : texts) {
                List<String> found = codes(field, text);
                codes.add(found.size() == 1 ? found.getFirst() : text);
            }
            if (!codes.equals(texts)) {
                coded = coded == null ? new LinkedHashMap<>(values) : coded;
                coded.put(field.id(), value instanceof Collection<?> ? codes : codes.getFirst());
            }
        }
        return coded == null ? values : coded;
    }
}

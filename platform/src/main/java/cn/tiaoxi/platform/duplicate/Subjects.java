package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes from entries what is compared. */
final class Subjects {
    private Subjects() {}

    /**
     * What a type's file says is compared. A field that not everybody may read is left out, since
     * what it shares with others would tell what stands in it.
     */
    static List<Aspect> aspects(LedgerType type) {
        List<Aspect> aspects = new ArrayList<>();
        for (LedgerType.Compared compared : type.duplicates()) {
            Aspect.Form form = form(type, compared.field());
            if (form != null) {
                aspects.add(new Aspect(compared.field(), form, compared.weight()));
            }
        }
        return List.copyOf(aspects);
    }

    private static Aspect.@Nullable Form form(LedgerType type, String id) {
        if (id.equals(LedgerType.ORGANISATION)) {
            return Aspect.Form.ORGANISATION;
        }
        return type.field(id)
                .filter(f -> f.read() == null)
                .map(f -> f.type() == LedgerType.Kind.TEXT ? Aspect.Form.WORDS : Aspect.Form.VALUES)
                .orElse(null);
    }

    /** Whether duplicates of an entry are looked for. */
    static boolean counts(LedgerType type, Entry entry) {
        return entry.removed() == null && type.counts(entry.state());
    }

    static Subject of(List<Aspect> aspects, Entry entry) {
        return of(aspects, entry.title(), entry.organisation(), entry.fields());
    }

    /** The subject of what somebody proposes; values of any shape are taken as texts. */
    static Subject of(
            List<Aspect> aspects, String title, String organisation, Map<String, ?> fields) {
        Map<String, List<String>> values = new HashMap<>();
        for (Aspect aspect : aspects) {
            String field = aspect.field();
            values.put(
                    field,
                    switch (field) {
                        case LedgerType.TITLE -> List.of(title);
                        case LedgerType.ORGANISATION -> List.of(organisation);
                        default -> texts(fields.get(field));
                    });
        }
        return new Subject(values);
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Collection<?> all ->
                    all.stream().filter(v -> v != null).map(String::valueOf).toList();
            default -> List.of(value.toString());
        };
    }
}

package cn.tiaoxi.platform.intake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by what people call them. A name that several have leads to all of them. */
final class Names {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<String>> named = new HashMap<>();

    /** Adds a value that counts by itself. */
    void value(String value) {
        values.put(value, value);
        values.putIfAbsent(folded(value), value);
    }

    /** Adds what a value is called. */
    void name(String name, String value) {
        if (name.isBlank()) {
            return;
        }
        List<String> all = named.computeIfAbsent(folded(name), n -> new ArrayList<>(1));
        if (!all.contains(value)) {
            all.add(value);
        }
    }

    /** The values that a text may mean; the value itself goes before names. */
    List<String> find(String text) {
        String exact = values.get(text);
        if (exact != null) {
            return List.of(exact);
        }
        String folded = folded(text);
        @Nullable String value = values.get(folded);
        return value != null ? List.of(value) : named.getOrDefault(folded, List.of());
    }

    private static String folded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c >= 'A' && c <= 'Z' || c <= ' ') {
                return Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", "");
            }
        }
        return text;
    }
}

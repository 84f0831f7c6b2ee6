package cn.tiaoxi.platform.rule;

import cn.tiaoxi.platform.border.Words;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule said about some facts.
 *
 * @param rule the rule
 * @param value whether its expression is true
 * @param item the item it was asked of, for rules with {@code each}; else null
 * @param values the rule's further facts, as text
 * @param failure why the rule could not be evaluated, or null; the value is then false
 */
public record Verdict<D>(
        Rule<D> rule,
        boolean value,
        @Nullable Object item,
        Map<String, String> values,
        @Nullable String failure) {
    public Verdict {
        values = Map.copyOf(values);
    }

    /** Puts the values into the {@code {name}} places of a text. */
    public Words filled(Words text) {
        return fill(text, values);
    }

    /** Puts the values into the text in the given language. */
    public String filled(Words text, Locale locale) {
        return fill(text.in(locale), values);
    }

    /** Puts values into the {@code {name}} places of a text. */
    public static Words fill(Words text, Map<String, String> values) {
        return new Words(fill(text.zh(), values), fill(text.en(), values));
    }

    /** Puts values into the {@code {name}} places of a text in one language. */
    public static String fill(String text, Map<String, String> values) {
        String result = text;
        for (Map.Entry<String, String> each : values.entrySet()) {
            result = result.replace("{" + each.getKey() + "}", each.getValue());
        }
        return result;
    }
}

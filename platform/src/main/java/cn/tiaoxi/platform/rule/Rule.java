package cn.tiaoxi.platform.rule;

import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One readable rule of the city.
 *
 * @param id identifier, unique within its kind
 * @param kind what the rule is for, the name of its file: {@code standardisation}, {@code
 *     approval}, …
 * @param name its name
 * @param description what it says, for people
 * @param expression the rule itself, in CEL; whether it must hold or fires when true is the kind's
 *     to say
 * @param each in CEL the list that the rule is asked of item by item, or null if it is asked once;
 *     the expression then sees the item as {@code item}
 * @param values in CEL further facts, by name, that fill the {@code {name}} places of its texts
 * @param weight how much it counts among the rules of its kind
 * @param file file that it stands in, relative to the city's folder
 * @param plan row of the requirements that it serves, for example {@code R1.1a}, or null
 * @param detail what the kind adds to each rule
 */
public record Rule<D>(
        String id,
        String kind,
        Words name,
        Words description,
        String expression,
        @Nullable String each,
        Map<String, String> values,
        int weight,
        String file,
        @Nullable String plan,
        D detail) {
    public Rule {
        values = Map.copyOf(values);
    }

    /** What the file of a kind holds. */
    record File(String kind, List<Entry> rules) {}

    /** A rule as it stands in a file. */
    public record Entry(
            String id,
            Words name,
            Words description,
            String expression,
            @Nullable String each,
            @Nullable Map<String, String> values,
            @Nullable Integer weight,
            @Nullable String plan,
            tools.jackson.databind.@Nullable JsonNode detail) {

        /** How much it counts: its weight, or 1 where the file says none. */
        public int counted() {
            return weight == null ? 1 : weight;
        }
    }
}

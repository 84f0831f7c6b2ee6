package cn.tiaoxi.platform.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The function {@code matches} of CEL, whose own compiles its pattern at every call. Patterns are
 * RE2, so a match takes time linear in the text.
 */
final class RegularExpressions {
    /** Longest program of a pattern, in instructions of RE2. */
    private static final int LARGEST = 2_000;

    /** Most patterns kept; rules hold far fewer, but a pattern may come from an entry. */
    private static final int MOST_KEPT = 1_000;

    private static final Map<String, Pattern> KEPT = new ConcurrentHashMap<>();

    private RegularExpressions() {}

    /**
     * What the runtime calls for {@code text.matches(pattern)} and {@code matches(text, pattern)}.
     */
    static Set<CelFunctionBinding> bindings() {
        return CelFunctionBinding.fromOverloads(
                "matches",
                CelFunctionBinding.from(
                        "matches", String.class, String.class, RegularExpressions::matches),
                CelFunctionBinding.from(
                        "matches_string", String.class, String.class, RegularExpressions::matches));
    }

    private static boolean matches(String text, String pattern) throws CelEvaluationException {
        Pattern kept = KEPT.get(pattern);
        return (kept == null ? compiled(pattern) : kept).matcher(text).find();
    }

    private static Pattern compiled(String pattern) throws CelEvaluationException {
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > LARGEST) {
                throw new CelEvaluationException(
                        "the regular expression is too large: %d steps, at most %d"
                                .formatted(compiled.programSize(), LARGEST));
            }
            if (KEPT.size() < MOST_KEPT) {
                KEPT.put(pattern, compiled);
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new CelEvaluationException(
                    "the regular expression is wrong: " + e.getMessage(), e);
        }
    }
}

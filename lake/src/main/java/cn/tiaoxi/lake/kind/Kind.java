package cn.tiaoxi.lake.kind;

import cn.tiaoxi.lake.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value that a column may hold.
 *
 * @param id its stable name
 * @param name its Chinese name
 * @param nameEn its English name
 * @param types the column types that may hold it
 * @param pattern what all its values look like, as a regular expression over the whole value; null
 *     if anything goes
 * @param check what is checked beyond the pattern
 * @param values its values if they are a closed list; else empty
 * @param words parts of column names that tell of it, in lower case
 * @param strength how much a matching value tells by itself, from 0 (nothing: the name must say it)
 *     to 1 (all)
 * @param grade the grade that a column of it gets by default
 * @param reason why, in Chinese
 * @param reasonEn why, in English
 * @param element the data element that it stands for; null if none
 */
public record Kind(
        String id,
        String name,
        String nameEn,
        Set<ColumnType> types,
        @Nullable Pattern pattern,
        Check check,
        Set<String> values,
        List<String> words,
        double strength,
        Grade grade,
        String reason,
        String reasonEn,
        @Nullable String element) {

    public Kind {
        types = Set.copyOf(types);
        values = Set.copyOf(values);
        words = List.copyOf(words);
        if (strength < 0 || strength > 1) {
            throw new IllegalArgumentException(
                    "strength of " + id + " must be 0 to 1, not " + strength);
        }
    }

    /** The name in a language. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("en") ? nameEn : name;
    }

    /** The reason for the grade in a language. */
    public String reason(Locale locale) {
        return locale.getLanguage().equals("en") ? reasonEn : reason;
    }

    /** Whether the check can fail for values that have the pattern. */
    public boolean hasCheck() {
        return check != Check.NONE && check != Check.PERSON_NAME && check != Check.COORDINATES;
    }

    Verdict judge(String value) {
        if (!values.isEmpty() && !values.contains(value)) {
            return Verdict.DIFFERS;
        }
        if (pattern != null && !pattern.matcher(value).matches()) {
            return Verdict.DIFFERS;
        }
        return check.apply(value);
    }

    /** Whether a column's name or label tells of this kind. */
    boolean isNamedIn(String text) {
        return words.stream().anyMatch(text::contains);
    }
}

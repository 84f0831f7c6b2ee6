package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.Wording;
import java.util.List;
import java.util.Locale;

/**
 * Something amiss with a file or a column.
 *
 * @param code what
 * @param arguments the particulars, as the code's description lists them
 */
public record Problem(ProblemCode code, List<Object> arguments) {
    public Problem {
        arguments = List.copyOf(arguments);
    }

    static Problem of(ProblemCode code, Object... arguments) {
        return new Problem(code, List.of(arguments));
    }

    /** What is amiss, in the given language. */
    public String message(Locale locale) {
        return Wording.text(locale, "problem." + code, inWords(locale));
    }

    /** What to do about it, in the given language. */
    public String mend(Locale locale) {
        return Wording.text(locale, "problem." + code + ".mend", inWords(locale));
    }

    /** The arguments, with the name of a type put into words. */
    private Object[] inWords(Locale locale) {
        Object[] words = arguments.toArray();
        if (code == ProblemCode.TYPES_MIXED && words[0] instanceof String type) {
            words[0] = Wording.text(locale, "type." + type);
        }
        return words;
    }
}

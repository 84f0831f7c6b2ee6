package cn.tiaoxi.lake;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file or table could not be handled. Says what is wrong and what to do, in Chinese or English.
 */
public final class LakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Object> arguments;

    public LakeException(ErrorCode code, Object... arguments) {
        this(null, code, arguments);
    }

    public LakeException(@Nullable Throwable cause, ErrorCode code, Object... arguments) {
        super(Wording.text(Locale.ENGLISH, "error." + code, arguments), cause);
        this.code = code;
        this.arguments = List.of(arguments);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, in the given language. */
    public String message(Locale locale) {
        return Wording.text(locale, "error." + code, arguments.toArray());
    }

    /** What to do about it, in the given language. */
    public String mend(Locale locale) {
        return Wording.text(locale, "error." + code + ".mend", arguments.toArray());
    }
}

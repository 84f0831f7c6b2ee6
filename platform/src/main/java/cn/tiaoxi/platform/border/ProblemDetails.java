package cn.tiaoxi.platform.border;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Puts failures into words: problem details (RFC 9457) in the asker's language. */
@Component
public class ProblemDetails {
    private final MessageSource messages;

    ProblemDetails(MessageSource messages) {
        this.messages = messages;
    }

    /** The problem of a failure, in the given language. */
    public ProblemDetail of(PlatformException failure, Locale locale) {
        ProblemDetail problem = of(failure.code(), locale, failure.arguments());
        if (!failure.fieldErrors().isEmpty()) {
            problem.setProperty(
                    "errors", failure.fieldErrors().stream().map(e -> inWords(e, locale)).toList());
        }
        return problem;
    }

    /** The problem of a code, in the given language. */
    public ProblemDetail of(ErrorCode code, Locale locale, Object... arguments) {
        ProblemDetail problem = ProblemDetail.forStatus(code.status());
        problem.setType(URI.create("urn:tiaoxi:problem:" + code.name()));
        String detail = text(code.name(), locale, code.name(), arguments);
        problem.setTitle(text(code.name() + ".title", locale, detail));
        problem.setDetail(detail);
        problem.setProperty("code", code.name());
        String mend = text(code.name() + ".mend", locale, "", arguments);
        if (!mend.isEmpty()) {
            problem.setProperty("mend", mend);
        }
        return problem;
    }

    /** What is wrong with a field, in the given language. */
    public String message(FieldError error, Locale locale) {
        return text(error.code(), locale, error.code(), error.arguments());
    }

    /** A failure in one sentence, with what is wrong with each field, in the given language. */
    public String message(PlatformException failure, Locale locale) {
        String message =
                text(failure.code().name(), locale, failure.code().name(), failure.arguments());
        return failure.fieldErrors().isEmpty()
                ? message
                : message
                        + failure.fieldErrors().stream()
                                .map(e -> " " + e.field() + ": " + message(e, locale))
                                .collect(java.util.stream.Collectors.joining(";"));
    }

    private Map<String, Object> inWords(FieldError error, Locale locale) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("field", error.field());
        words.put("code", error.code());
        words.put("message", message(error, locale));
        String mend = text(error.code() + ".mend", locale, "", error.arguments());
        if (!mend.isEmpty()) {
            words.put("mend", mend);
        }
        return words;
    }

    private String text(String key, Locale locale, String otherwise, Object... arguments) {
        List<Object> plain = new ArrayList<>();
        for (Object argument : arguments) {
            plain.add(argument instanceof Number n ? plainNumber(n) : argument);
        }
        @Nullable String found = messages.getMessage(key, plain.toArray(), otherwise, locale);
        return found == null ? otherwise : found;
    }

    private static String plainNumber(Number number) {
        return number instanceof java.math.BigDecimal d ? d.toPlainString() : number.toString();
    }
}

package cn.tiaoxi.platform.intake;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Findings and notices in words. */
@Component
public class Wording {
    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    /** What is wrong, or what is told. */
    public String message(String code, List<String> arguments, Locale locale) {
        return text(code, locale, code, arguments);
    }

    /** How to mend it; a general word where nothing special is known. */
    public String mend(String code, List<String> arguments, Locale locale) {
        String own = text(code + ".mend", locale, "", arguments);
        return own.isEmpty() ? text("intake.mend", locale, "", List.of()) : own;
    }

    private String text(String key, Locale locale, String otherwise, List<String> arguments) {
        String found = messages.getMessage(key, arguments.toArray(), otherwise, locale);
        return found == null ? otherwise : found;
    }
}

package cn.tiaoxi.platform.border;

import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/** A text of the city's files in both languages; data itself stays in its own. */
public record Words(String zh, String en) {

    /** The text in the language of the request under way, Chinese where none is. */
    public String shown() {
        return in(LocaleContextHolder.getLocale());
    }

    /** The text in the given language. */
    public String in(Locale locale) {
        return locale.getLanguage().equals("en") && !en.isBlank() ? en : zh;
    }
}

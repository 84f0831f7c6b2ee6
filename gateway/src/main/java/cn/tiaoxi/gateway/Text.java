package cn.tiaoxi.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Small things about text from outside. */
final class Text {
    private Text() {}

    /** The text, cut to a length; keeps what others send from swelling logs and traces. */
    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /** Chinese, unless the header's first supported language is English. */
    static Locale language(@Nullable String acceptLanguage) {
        if (acceptLanguage != null) {
            String wanted = Text.cut(acceptLanguage, 100).toLowerCase(Locale.ROOT);
            int english = wanted.indexOf("en");
            int chinese = wanted.indexOf("zh");
            if (english >= 0 && (chinese < 0 || english < chinese)) {
                return Locale.ENGLISH;
            }
        }
        return Locale.SIMPLIFIED_CHINESE;
    }
}

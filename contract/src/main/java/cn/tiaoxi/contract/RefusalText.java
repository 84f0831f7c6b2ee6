package cn.tiaoxi.contract;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What a refusal means and how to mend it, in Chinese and English. */
public final class RefusalText {
    private static final ResourceBundle CHINESE = bundle(Locale.SIMPLIFIED_CHINESE);
    private static final ResourceBundle ENGLISH = bundle(Locale.ENGLISH);

    private RefusalText() {}

    /** Says what is wrong; {@code subject} names the parameter, field, key … it is about. */
    public static String detail(Refusal refusal, String subject, Locale language) {
        return text(refusal + ".detail", subject, language);
    }

    /** A few words for headings and lists. */
    public static String title(Refusal refusal, Locale language) {
        return text(refusal + ".title", "", language);
    }

    /** Says what the caller can do. */
    public static String mend(Refusal refusal, Locale language) {
        return text(refusal + ".mend", "", language);
    }

    private static String text(String key, String subject, Locale language) {
        ResourceBundle bundle = language.getLanguage().equals("en") ? ENGLISH : CHINESE;
        return MessageFormat.format(bundle.getString(key), subject);
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "cn.tiaoxi.contract.refusals",
                language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}

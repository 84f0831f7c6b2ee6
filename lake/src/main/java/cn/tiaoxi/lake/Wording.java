package cn.tiaoxi.lake;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts behind codes, in Chinese (the default) and English. */
public final class Wording {
    private static final String BUNDLE = "cn.tiaoxi.lake.messages";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Wording() {}

    /**
     * The text of a key with its arguments filled in.
     *
     * @throws java.util.MissingResourceException for a key without a text: a fault of this library
     */
    public static String text(Locale locale, String key, Object... arguments) {
        Locale language = locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.ROOT;
        String pattern = ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK).getString(key);
        return new MessageFormat(
                        pattern, language.equals(Locale.ROOT) ? Locale.CHINA : Locale.ENGLISH)
                .format(arguments);
    }
}

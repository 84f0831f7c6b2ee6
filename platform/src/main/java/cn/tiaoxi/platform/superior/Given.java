package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import org.jspecify.annotations.Nullable;

/** Texts that people give. */
final class Given {
    private Given() {}

    /**
     * A text that must be there.
     *
     * @throws BorderException if it is missing, too long, or holds hidden characters
     */
    static String text(String field, @Nullable String text, int longest) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()) {
            throw BorderException.invalid(field, "border.required");
        }
        return checked(field, stripped, longest);
    }

    private static String checked(String field, String text, int longest) {
        if (text.length() > longest) {
            throw BorderException.invalid(field, "superior.length", longest);
        }
        if (Characters.hasHidden(text, "\n")) {
            throw BorderException.invalid(field, "superior.control");
        }
        return text;
    }
}

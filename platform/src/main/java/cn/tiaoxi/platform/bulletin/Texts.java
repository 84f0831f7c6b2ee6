package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import org.jspecify.annotations.Nullable;

/** Checks texts that people write. They are kept as written; pages and paper show them as text. */
final class Texts {
    private Texts() {}

    /** A text that may be missing, stripped; lines may break, other hidden characters may not. */
    static String optional(String field, @Nullable String text, int most) {
        String given = text == null ? "" : text.strip();
        if (given.length() > most) {
            throw BorderException.invalid(field, "border.tooLong", most);
        }
        if (Characters.hasHidden(given, "\n\r")) {
            throw BorderException.invalid(field, "bulletin.control");
        }
        return given;
    }

    /** A text that must be there, stripped. */
    static String required(String field, @Nullable String text, int most) {
        String given = optional(field, text, most);
        if (given.isEmpty()) {
            throw BorderException.invalid(field, "border.required");
        }
        return given;
    }
}

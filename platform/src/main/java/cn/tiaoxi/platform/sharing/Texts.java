package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks texts that people write. They are kept as written; pages show them as text. */
final class Texts {
    private static final int LONGEST_REASON = 1000;

    private Texts() {}

    /** Notes what is wrong with a text; lines may break, other hidden characters are refused. */
    static void check(
            List<FieldError> errors, String field, @Nullable String text, int least, int most) {
        String given = text == null ? "" : text.strip();
        if (given.length() < least) {
            errors.add(new FieldError(field, "border.required"));
        } else if (given.length() > most) {
            errors.add(new FieldError(field, "border.tooLong", most));
        } else if (Characters.hasHidden(given, "\n\r")) {
            errors.add(new FieldError(field, "sharing.control"));
        }
    }

    /** A reason that must be given, stripped. */
    static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw BorderException.invalid("reason", "sharing.reasonMissing");
        }
        List<FieldError> errors = new ArrayList<>();
        check(errors, "reason", reason, 1, LONGEST_REASON);
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        return reason.strip();
    }
}

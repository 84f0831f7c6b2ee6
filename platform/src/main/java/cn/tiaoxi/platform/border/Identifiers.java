package cn.tiaoxi.platform.border;

import java.util.UUID;

/** Identifiers that come from outside. */
public final class Identifiers {
    private Identifiers() {}

    /** Whether a text may be compared with a column of identifiers: a UUID in its usual form. */
    public static boolean isIdentifier(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package cn.tiaoxi.platform.border;

import org.jspecify.annotations.Nullable;

/** Whether this person may do something now, and if not, the stable code of why. */
public record Allowed(String action, boolean permitted, @Nullable String reason) {
    /** Permitted, unless there is an obstacle. */
    public static Allowed of(String action, @Nullable String obstacle) {
        return new Allowed(action, obstacle == null, obstacle);
    }

    /** The obstacle, unless it is permitted. */
    public static @Nullable String unless(boolean permitted, String obstacle) {
        return permitted ? null : obstacle;
    }
}

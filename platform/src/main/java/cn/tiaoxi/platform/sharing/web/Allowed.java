package cn.tiaoxi.platform.sharing.web;

import org.jspecify.annotations.Nullable;

/** Whether this person may do something now, and if not, the stable code of why. */
record Allowed(String action, boolean permitted, @Nullable String reason) {
    static Allowed of(String action, @Nullable String obstacle) {
        return new Allowed(action, obstacle == null, obstacle);
    }

    static @Nullable String unless(boolean permitted, String obstacle) {
        return permitted ? null : obstacle;
    }
}

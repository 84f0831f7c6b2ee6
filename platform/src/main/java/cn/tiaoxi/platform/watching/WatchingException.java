package cn.tiaoxi.platform.watching;

import cn.tiaoxi.platform.border.PlatformException;

/** Watching that is not possible. */
public final class WatchingException extends PlatformException {
    private WatchingException(WatchingError code, Object... arguments) {
        super(code, arguments);
    }

    static WatchingException tooMany(int most) {
        return new WatchingException(WatchingError.WATCHERS_TOO_MANY, most);
    }

    static WatchingException windowUnknown(int minutes) {
        return new WatchingException(WatchingError.WINDOW_UNKNOWN, minutes);
    }

    static WatchingException malformed() {
        return new WatchingException(WatchingError.FIGURES_MALFORMED);
    }
}

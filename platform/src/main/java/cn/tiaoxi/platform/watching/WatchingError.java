package cn.tiaoxi.platform.watching;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong when somebody watches. */
enum WatchingError implements ErrorCode {
    WATCHERS_TOO_MANY(503),
    WINDOW_UNKNOWN(422),
    FIGURES_MALFORMED(422);

    private final int status;

    WatchingError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

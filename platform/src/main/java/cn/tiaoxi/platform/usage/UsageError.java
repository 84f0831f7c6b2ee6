package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with idle grants. */
enum UsageError implements ErrorCode {
    RECLAIM_NOT_FOUND(404),
    RECLAIM_STATE(409),
    RECLAIM_OWN_CLAIM(403),
    RECLAIM_RESTORE_OVER(409),
    EXEMPTION_NOT_FOUND(404);

    private final int status;

    UsageError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

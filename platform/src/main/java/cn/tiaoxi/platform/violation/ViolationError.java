package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with cases of misuse. */
enum ViolationError implements ErrorCode {
    VIOLATION_NOT_FOUND(404),
    VIOLATION_STATE(409),
    VIOLATION_OWN_ANSWER(403),
    VIOLATION_NOTHING_TO_REVOKE(409),
    VIOLATION_NOT_RESTRICTED(409),
    VIOLATION_EXEMPTION_NOT_FOUND(404);

    private final int status;

    ViolationError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

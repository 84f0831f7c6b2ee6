package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with the check for duplicates. */
public enum DuplicateError implements ErrorCode {
    DUPLICATES_NOT_COMPARED(409),
    DUPLICATES_STARTING(503),
    DUPLICATE_PAIR_NOT_FOUND(404);

    private final int status;

    DuplicateError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

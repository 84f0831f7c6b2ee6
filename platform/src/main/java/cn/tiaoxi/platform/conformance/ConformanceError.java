package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with checklists. */
enum ConformanceError implements ErrorCode {
    ITEM_UNKNOWN(404),
    WAIVER_NOT_FOUND(404);

    private final int status;

    ConformanceError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

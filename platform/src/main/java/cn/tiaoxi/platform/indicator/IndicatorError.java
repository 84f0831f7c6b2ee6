package cn.tiaoxi.platform.indicator;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with indicators. */
enum IndicatorError implements ErrorCode {
    INDICATOR_NOT_FOUND(404),
    INDICATOR_FAILED(500);

    private final int status;

    IndicatorError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

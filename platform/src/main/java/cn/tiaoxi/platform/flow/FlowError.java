package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with processes. */
enum FlowError implements ErrorCode {
    PROCESS_NOT_FOUND(404),
    TASK_CLOSED(409);

    private final int status;

    FlowError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

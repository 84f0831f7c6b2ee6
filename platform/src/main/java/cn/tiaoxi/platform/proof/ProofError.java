package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong when somebody looks at the trace. */
enum ProofError implements ErrorCode {
    RECORD_NOT_FOUND(404),
    TIMELINE_ABOUT_UNKNOWN(400),
    LOG_UNREACHABLE(503),
    LOG_BROKEN(500);

    private final int status;

    ProofError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

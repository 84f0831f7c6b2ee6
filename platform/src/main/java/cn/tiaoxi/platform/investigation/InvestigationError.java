package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong in investigations. */
enum InvestigationError implements ErrorCode {
    INVESTIGATION_NOT_FOUND(404),
    INVESTIGATION_STATE(409),
    CONSENT_BY_ANOTHER(403),
    LEAK_FILE_TOO_LARGE(413),
    LEAK_FILE_NO_ROOM(507),
    LEAK_FILE_WITHOUT_ROWS(422),
    SUBJECT_KIND_UNKNOWN(422),
    EVIDENCE_LOG_UNREACHABLE(503),
    EVIDENCE_LOG_BROKEN(500),
    EVIDENCE_TOO_SOON(409);

    private final int status;

    InvestigationError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

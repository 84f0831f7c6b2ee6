package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with imports as a whole. */
public enum IntakeError implements ErrorCode {
    IMPORT_NOT_FOUND(404),
    IMPORT_STATE(409),
    IMPORT_TOO_LARGE(413),
    IMPORT_NO_SPACE(507),
    IMPORT_FORMAT(422),
    IMPORT_EMPTY(422),
    IMPORT_COLUMNS(422),
    IMPORT_FILE_GONE(410),
    IMPORT_UNDO_TOO_LARGE(409),
    IMPORT_FAILED(500);

    private final int status;

    IntakeError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

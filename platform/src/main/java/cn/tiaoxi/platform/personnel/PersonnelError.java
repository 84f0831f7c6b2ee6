package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with key persons and vendors. */
enum PersonnelError implements ErrorCode {
    KEY_PERSON_NOT_FOUND(404),
    VENDOR_NOT_FOUND(404),
    TRAINING_NOT_FOUND(404),
    ACCOUNT_FOREIGN(403),
    ACCOUNT_MANAGED_TWICE(409),
    NOTHING_TO_RESTORE(409),
    RESTORE_REASONS_LEFT(409),
    STANDING_MISSING(409);

    private final int status;

    PersonnelError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

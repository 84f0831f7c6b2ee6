package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with sharing. */
enum SharingError implements ErrorCode {
    INTERFACE_NOT_FOUND(404),
    INTERFACE_ID_TAKEN(409),
    INTERFACE_STATE(409),
    INTERFACE_NOT_LIVE(409),
    DATASET_UNKNOWN(422),
    DATASET_NOT_PUBLISHED(409),
    GRADE_NOT_CONFIRMED(409),
    APPLICATION_NOT_FOUND(404),
    APPLICATION_NAME_TAKEN(409),
    APPLICATION_INACTIVE(409),
    APPLICATION_TRIAL(409),
    KEY_NOT_FOUND(404),
    KEYS_TOO_MANY(409),
    REQUEST_NOT_FOUND(404),
    REQUEST_STATE(409),
    ALREADY_DECIDED(409),
    OWN_REQUEST(403),
    QUOTA_NOT_FOUND(404),
    GRANT_NOT_FOUND(404),
    GRANT_NOT_ACTIVE(409),
    GRANT_NOT_RESTORABLE(409),
    GATEWAY_TOKEN_WRONG(401),
    GATEWAY_UNREACHABLE(502),
    TRIAL_NOT_OWN(409),
    TRIAL_NO_KEY(409);

    private final int status;

    SharingError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

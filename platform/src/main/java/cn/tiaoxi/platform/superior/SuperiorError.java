package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong between levels. */
enum SuperiorError implements ErrorCode {
    SUBORDINATE_NOT_FOUND(404),
    SUBORDINATE_STATE(409),
    SUBORDINATE_UNKNOWN(401),
    SUBORDINATE_REVOKED(403),
    MESSAGE_SIGNATURE_WRONG(401),
    MESSAGE_STALE(401),
    MESSAGE_REPLAYED(409),
    MESSAGE_MALFORMED(422),
    MESSAGE_TOO_LARGE(413),
    ENROLMENT_REFUSED(403),
    UPLINK_THERE(409),
    UPLINK_MISSING(409),
    UPLINK_UNREACHABLE(503),
    UPLINK_REFUSED(409),
    UPLINK_NOT_GENUINE(409),
    OFFER_NOT_FOUND(404),
    OFFER_STATE(409),
    OFFER_WITHOUT_GRANT(409);

    private final int status;

    SuperiorError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

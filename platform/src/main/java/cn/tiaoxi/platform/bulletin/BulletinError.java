package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with bulletins. */
enum BulletinError implements ErrorCode {
    BULLETIN_NOT_FOUND(404),
    LETTER_NOT_FOUND(404),
    BULLETIN_EXISTS(409),
    BULLETIN_SENT(409),
    BULLETIN_NO_FIGURES(409),
    BULLETIN_MONTH_AHEAD(409),
    LETTER_STATE(409);

    private final int status;

    BulletinError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with people and what they may do. */
public enum IdentityError implements ErrorCode {
    NOT_SIGNED_IN(401),
    CREDENTIALS_WRONG(401),
    ACCOUNT_LOCKED(423),
    PERMISSION_MISSING(403),
    CSRF_TOKEN_MISSING(403),
    PERSON_NOT_FOUND(404),
    USERNAME_TAKEN(409),
    USERNAME_INVALID(422),
    PASSWORD_WEAK(422),
    PASSWORD_WRONG(422),
    ROLE_UNKNOWN(422),
    ORGANISATION_UNKNOWN(422),
    OWN_ACCOUNT(409);

    private final int status;

    IdentityError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

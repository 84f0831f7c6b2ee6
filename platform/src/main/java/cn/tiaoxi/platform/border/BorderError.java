package cn.tiaoxi.platform.border;

/** What can go wrong before a module is reached. */
enum BorderError implements ErrorCode {
    REQUEST_INVALID(400),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    MEDIA_TYPE_UNSUPPORTED(415),
    PAYLOAD_TOO_LARGE(413),
    CURSOR_INVALID(400),
    SORT_UNKNOWN(400),
    VERSION_CONFLICT(412),
    VERSION_MISSING(428),
    IDEMPOTENCY_KEY_REUSED(422),
    IDEMPOTENCY_IN_PROGRESS(409),
    EXPORT_TOO_LARGE(413),
    INTERNAL(500);

    private final int status;

    BorderError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

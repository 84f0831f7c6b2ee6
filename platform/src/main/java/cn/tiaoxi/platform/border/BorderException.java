package cn.tiaoxi.platform.border;

import java.util.List;

/** A request that is refused for its form. */
public final class BorderException extends PlatformException {
    private BorderException(ErrorCode code, Object... arguments) {
        super(code, arguments);
    }

    private BorderException(List<FieldError> errors) {
        super(BorderError.REQUEST_INVALID, null, errors);
    }

    /** Fields of the request are missing or wrong. */
    public static BorderException invalid(List<FieldError> errors) {
        return new BorderException(errors);
    }

    /** One field of the request is missing or wrong. */
    public static BorderException invalid(String field, String code, Object... arguments) {
        return new BorderException(List.of(new FieldError(field, code, arguments)));
    }

    /** The list cannot be sorted by that field. */
    public static BorderException sortUnknown(String field, Object allowed) {
        return new BorderException(BorderError.SORT_UNKNOWN, field, allowed);
    }

    /** The position is none of the list that is asked for. */
    public static BorderException cursorInvalid() {
        return new BorderException(BorderError.CURSOR_INVALID);
    }

    /** Somebody else changed the thing since the asker read it. */
    public static BorderException versionConflict(long current) {
        return new BorderException(BorderError.VERSION_CONFLICT, current);
    }

    static BorderException versionMissing() {
        return new BorderException(BorderError.VERSION_MISSING);
    }

    static BorderException inProgress() {
        return new BorderException(BorderError.IDEMPOTENCY_IN_PROGRESS);
    }

    static BorderException exportTooLarge(long rows, long most) {
        return new BorderException(BorderError.EXPORT_TOO_LARGE, rows, most);
    }

    static BorderException keyReused() {
        return new BorderException(BorderError.IDEMPOTENCY_KEY_REUSED);
    }
}

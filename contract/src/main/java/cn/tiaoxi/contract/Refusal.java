package cn.tiaoxi.contract;

/**
 * Why a gateway did not answer a call with rows; the name is the stable code on the wire. {@link
 * RefusalText} has the words for people.
 */
public enum Refusal {
    REQUEST_MALFORMED(400),
    REQUEST_TOO_LARGE(413),
    MISDIRECTED(421),
    DIGEST_MISMATCH(400),
    PARAMETER_UNKNOWN(400),
    PARAMETER_INVALID(422),
    PARAMETER_TOO_LONG(422),
    PARAMETER_REPEATED(400),
    CURSOR_EXPIRED(410),
    KEY_FIELD_MISSING(400),
    FIELD_UNKNOWN(400),
    FIELD_NOT_GRANTED(403),
    SIGNATURE_MISSING(401),
    SIGNATURE_MALFORMED(401),
    SIGNATURE_INVALID(401),
    SIGNATURE_INCOMPLETE(401),
    KEY_UNKNOWN(401),
    KEY_EXPIRED(401),
    KEY_SWITCHED_OFF(403),
    ADDRESS_NOT_ALLOWED(403),
    SECRET_EXPIRED(401),
    APPLICATION_DISABLED(403),
    REQUEST_REPLAYED(409),
    CLOCK_SKEWED(412),
    INTERFACE_UNKNOWN(404),
    INTERFACE_WITHDRAWN(410),
    METHOD_NOT_ALLOWED(405),
    GRANT_MISSING(403),
    GRANT_NOT_YET_VALID(403),
    GRANT_EXPIRED(403),
    GRANT_REVOKED(403),
    QUOTA_EXCEEDED(429),
    MONTH_QUOTA_EXCEEDED(429),
    GRANT_USED_UP(429),
    RATE_EXCEEDED(429),
    QUOTA_STORE_UNAVAILABLE(503),
    GATEWAY_TOKEN_INVALID(401),
    POLICY_MISSING(503),
    SERVING_UNAVAILABLE(503),
    TRACE_UNAVAILABLE(503),
    OVERLOADED(503),
    INTERNAL(500);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}

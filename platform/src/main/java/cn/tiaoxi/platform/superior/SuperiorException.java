package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal between levels. */
public final class SuperiorException extends PlatformException {
    private SuperiorException(SuperiorError code, Object... arguments) {
        super(code, arguments);
    }

    static SuperiorException subordinateNotFound(String id) {
        return new SuperiorException(SuperiorError.SUBORDINATE_NOT_FOUND, id);
    }

    static SuperiorException subordinateState(Subordinate one) {
        return new SuperiorException(
                SuperiorError.SUBORDINATE_STATE, one.name(), one.state().name());
    }

    static SuperiorException unknown(String id) {
        return new SuperiorException(SuperiorError.SUBORDINATE_UNKNOWN, id);
    }

    static SuperiorException revoked(String name) {
        return new SuperiorException(SuperiorError.SUBORDINATE_REVOKED, name);
    }

    static SuperiorException signatureWrong() {
        return new SuperiorException(SuperiorError.MESSAGE_SIGNATURE_WRONG);
    }

    static SuperiorException stale(long seconds) {
        return new SuperiorException(SuperiorError.MESSAGE_STALE, seconds);
    }

    static SuperiorException replayed() {
        return new SuperiorException(SuperiorError.MESSAGE_REPLAYED);
    }

    static SuperiorException malformed(String what) {
        return new SuperiorException(SuperiorError.MESSAGE_MALFORMED, what);
    }

    /** A message is larger than is taken. */
    public static SuperiorException tooLarge(int most) {
        return new SuperiorException(SuperiorError.MESSAGE_TOO_LARGE, most);
    }

    /** One answer for every reason, so that nobody learns which codes there are. */
    static SuperiorException enrolmentRefused() {
        return new SuperiorException(SuperiorError.ENROLMENT_REFUSED);
    }

    static SuperiorException uplinkThere(String name) {
        return new SuperiorException(SuperiorError.UPLINK_THERE, name);
    }

    static SuperiorException uplinkMissing() {
        return new SuperiorException(SuperiorError.UPLINK_MISSING);
    }

    static SuperiorException unreachable(String address, String why) {
        return new SuperiorException(SuperiorError.UPLINK_UNREACHABLE, address, why);
    }

    static SuperiorException refused(String code, String detail) {
        return new SuperiorException(SuperiorError.UPLINK_REFUSED, code, detail);
    }

    static SuperiorException notGenuine() {
        return new SuperiorException(SuperiorError.UPLINK_NOT_GENUINE);
    }

    static SuperiorException offerNotFound(String id) {
        return new SuperiorException(SuperiorError.OFFER_NOT_FOUND, id);
    }

    static SuperiorException offerState(String id) {
        return new SuperiorException(SuperiorError.OFFER_STATE, id);
    }

    static SuperiorException withoutGrant(String id) {
        return new SuperiorException(SuperiorError.OFFER_WITHOUT_GRANT, id);
    }
}

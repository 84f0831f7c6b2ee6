package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about cases of misuse. */
public final class ViolationException extends PlatformException {
    private ViolationException(ViolationError code, Object... arguments) {
        super(code, arguments);
    }

    /** There is no such case. */
    public static ViolationException notFound(String id) {
        return new ViolationException(ViolationError.VIOLATION_NOT_FOUND, id);
    }

    /** The case's state does not permit that. */
    public static ViolationException state(ViolationCase one) {
        return new ViolationException(
                ViolationError.VIOLATION_STATE, one.number(), one.state().name());
    }

    /** Nobody judges an answer of their own. */
    public static ViolationException ownAnswer() {
        return new ViolationException(ViolationError.VIOLATION_OWN_ANSWER);
    }

    /** An interface has no grants of its own to take back. */
    public static ViolationException nothingToRevoke(ViolationCase one) {
        return new ViolationException(ViolationError.VIOLATION_NOTHING_TO_REVOKE, one.number());
    }

    /** Nothing is imposed on the application. */
    public static ViolationException notRestricted(ViolationCase one) {
        return new ViolationException(ViolationError.VIOLATION_NOT_RESTRICTED, one.number());
    }

    /** There is no such exemption in force. */
    public static ViolationException noExemption(String id) {
        return new ViolationException(ViolationError.VIOLATION_EXEMPTION_NOT_FOUND, id);
    }
}

package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about the use of grants. */
public final class UsageException extends PlatformException {
    private UsageException(UsageError code, Object... arguments) {
        super(code, arguments);
    }

    /** There is no such case. */
    public static UsageException notFound(String id) {
        return new UsageException(UsageError.RECLAIM_NOT_FOUND, id);
    }

    /** The case's state does not permit that. */
    public static UsageException state(ReclaimCase one) {
        return new UsageException(
                UsageError.RECLAIM_STATE, one.title().shown(), one.state().name());
    }

    /** Nobody decides on a reason of their own. */
    public static UsageException ownClaim() {
        return new UsageException(UsageError.RECLAIM_OWN_CLAIM);
    }

    /** The time in which a grant can be restored is over. */
    public static UsageException restoreOver(ReclaimCase one, int days) {
        return new UsageException(UsageError.RECLAIM_RESTORE_OVER, one.title().shown(), days);
    }

    /** The grant is not exempted. */
    public static UsageException noExemption(String grant) {
        return new UsageException(UsageError.EXEMPTION_NOT_FOUND, grant);
    }
}

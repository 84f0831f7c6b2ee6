package cn.tiaoxi.gateway.quota;

/** The store of quotas cannot be reached and what was leased is used up. */
public final class StoreAwayException extends RuntimeException {
    StoreAwayException(Subject subject) {
        super(subject.toString(), null, false, false);
    }
}

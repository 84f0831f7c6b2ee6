package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;

/** A check that did not hold. Without a stack trace, so that refusing costs next to nothing. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SUBJECT = 128;

    private final Refusal refusal;
    private final String subject;

    /**
     * @param subject what the refusal is about: a parameter, a field, a key …; cut to 128
     *     characters
     */
    RefusedException(Refusal refusal, String subject) {
        super(refusal + " " + subject, null, false, false);
        this.refusal = refusal;
        this.subject = Text.cut(subject, LONGEST_SUBJECT);
    }

    Refusal refusal() {
        return refusal;
    }

    String subject() {
        return subject;
    }
}

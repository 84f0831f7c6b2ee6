package cn.tiaoxi.gateway.meter;

/** How far a request has come, in this order; a refused one leaves some out. */
public enum Stage {
    /** Signature, grant and parameters hold. */
    CHECKED("checked"),
    /** It fits into the quotas. */
    COUNTED("counted"),
    /** The database or the service behind the interface has answered. */
    FOUND("found"),
    /** Its trace record is durable. */
    RECORDED("recorded"),
    /** The answer was handed to the network. */
    ANSWERED("answered");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** The name in records, logs and traces. */
    public String word() {
        return word;
    }
}

package cn.tiaoxi.platform.ledger;

/**
 * A transfer of an entry went a step on.
 *
 * @param by user name of who did it
 */
public record TransferChanged(Transfer transfer, Step step, String by) {

    /** What happened. */
    public enum Step {
        ASKED,
        ACCEPTED,
        DECLINED
    }
}

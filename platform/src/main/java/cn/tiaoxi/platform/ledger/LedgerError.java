package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with ledgers and their entries. */
public enum LedgerError implements ErrorCode {
    LEDGER_UNKNOWN(404),
    ENTRY_NOT_FOUND(404),
    FILE_NOT_FOUND(404),
    COMMENT_NOT_FOUND(404),
    FILTER_UNKNOWN(400),
    TRANSFER_NOT_FOUND(404),
    BATCH_NOT_FOUND(404),
    TYPE_VERSION_NOT_FOUND(404),
    LEDGER_MANAGED(409),
    TRANSITION_NOT_ALLOWED(409),
    FINDINGS_BLOCK(409),
    GATE_CLOSED(409),
    ENTRY_REMOVED(409),
    REASON_MISSING(422),
    TYPE_WRONG(422),
    FILE_REFUSED(422),
    FILE_TOO_LARGE(413);

    private final int status;

    LedgerError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

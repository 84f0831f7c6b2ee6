package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with ledgers and their entries. */
public enum LedgerError implements ErrorCode {
    LEDGER_UNKNOWN(404),
    ENTRY_NOT_FOUND(404),
    LEDGER_MANAGED(409),
    TRANSITION_NOT_ALLOWED(409),
    FINDINGS_BLOCK(409),
    GATE_CLOSED(409),
    ENTRY_REMOVED(409),
    REASON_MISSING(422);

    private final int status;

    LedgerError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

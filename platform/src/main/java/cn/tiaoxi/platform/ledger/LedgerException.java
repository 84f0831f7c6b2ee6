package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about ledgers and their entries. */
public final class LedgerException extends PlatformException {
    private LedgerException(LedgerError code, Object... arguments) {
        super(code, arguments);
    }

    static LedgerException ledgerUnknown(String type) {
        return new LedgerException(LedgerError.LEDGER_UNKNOWN, type);
    }

    static LedgerException entryNotFound(String type, String id) {
        return new LedgerException(LedgerError.ENTRY_NOT_FOUND, type, id);
    }

    /** The ledger is kept by a module and not written over the general interface. */
    public static LedgerException managed(String name) {
        return new LedgerException(LedgerError.LEDGER_MANAGED, name);
    }

    static LedgerException transitionNotAllowed(String title, String state, String action) {
        return new LedgerException(LedgerError.TRANSITION_NOT_ALLOWED, title, state, action);
    }

    static LedgerException findingsBlock(String title, int count, String first) {
        return new LedgerException(LedgerError.FINDINGS_BLOCK, title, count, first);
    }

    static LedgerException gateClosed(String title, int count, String first) {
        return new LedgerException(LedgerError.GATE_CLOSED, title, count, first);
    }

    static LedgerException removed(String title) {
        return new LedgerException(LedgerError.ENTRY_REMOVED, title);
    }

    static LedgerException reasonMissing(String action) {
        return new LedgerException(LedgerError.REASON_MISSING, action);
    }
}

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

    /** There is no such comment on the entry. */
    public static LedgerException commentNotFound(String id) {
        return new LedgerException(LedgerError.COMMENT_NOT_FOUND, id);
    }

    /** Lists of the ledger cannot be filtered by that field. */
    public static LedgerException filterUnknown(String field) {
        return new LedgerException(LedgerError.FILTER_UNKNOWN, field);
    }

    static LedgerException fileRefused(String name) {
        return new LedgerException(LedgerError.FILE_REFUSED, name);
    }

    static LedgerException fileTooLarge(long most) {
        return new LedgerException(LedgerError.FILE_TOO_LARGE, most);
    }

    /** There is no such file, or not here. */
    public static LedgerException fileNotFound(String id) {
        return new LedgerException(LedgerError.FILE_NOT_FOUND, id);
    }

    static LedgerException transferNotFound(String id) {
        return new LedgerException(LedgerError.TRANSFER_NOT_FOUND, id);
    }

    static LedgerException batchNotFound(String id) {
        return new LedgerException(LedgerError.BATCH_NOT_FOUND, id);
    }

    static LedgerException typeVersionNotFound(String type, int version) {
        return new LedgerException(LedgerError.TYPE_VERSION_NOT_FOUND, type, version);
    }

    static LedgerException typeWrong(TypeProblem first) {
        return new LedgerException(
                LedgerError.TYPE_WRONG, first.line(), first.column(), first.message().shown());
    }

    static LedgerException reasonMissing(String action) {
        return new LedgerException(LedgerError.REASON_MISSING, action);
    }
}

package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about the check for duplicates. */
public final class DuplicateException extends PlatformException {
    private DuplicateException(DuplicateError code, Object... arguments) {
        super(code, arguments);
    }

    /** The type's file does not say what is compared. */
    static DuplicateException notCompared(String ledger) {
        return new DuplicateException(DuplicateError.DUPLICATES_NOT_COMPARED, ledger);
    }

    static DuplicateException starting(String ledger) {
        return new DuplicateException(DuplicateError.DUPLICATES_STARTING, ledger);
    }

    static DuplicateException pairNotFound(String id) {
        return new DuplicateException(DuplicateError.DUPLICATE_PAIR_NOT_FOUND, id);
    }
}

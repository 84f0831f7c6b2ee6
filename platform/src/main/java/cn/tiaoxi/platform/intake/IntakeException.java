package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about imports. */
public final class IntakeException extends PlatformException {
    private IntakeException(IntakeError code, Object... arguments) {
        super(code, arguments);
    }

    static IntakeException notFound(String id) {
        return new IntakeException(IntakeError.IMPORT_NOT_FOUND, id);
    }

    static IntakeException state(Import job) {
        return new IntakeException(
                IntakeError.IMPORT_STATE, job.fileName(), job.state().words().shown());
    }

    static IntakeException tooLarge(long megabytes) {
        return new IntakeException(IntakeError.IMPORT_TOO_LARGE, megabytes);
    }

    static IntakeException noSpace() {
        return new IntakeException(IntakeError.IMPORT_NO_SPACE);
    }

    static IntakeException formatUnsupported(String format) {
        return new IntakeException(IntakeError.IMPORT_FORMAT, format);
    }

    static IntakeException empty(String name) {
        return new IntakeException(IntakeError.IMPORT_EMPTY, name);
    }

    static IntakeException tooManyColumns(int columns, int most) {
        return new IntakeException(IntakeError.IMPORT_COLUMNS, columns, most);
    }

    static IntakeException fileGone(String name) {
        return new IntakeException(IntakeError.IMPORT_FILE_GONE, name);
    }

    static IntakeException tooManyToUndo(long written, int most) {
        return new IntakeException(IntakeError.IMPORT_UNDO_TOO_LARGE, written, most);
    }

    static IntakeException failed(String reference) {
        return new IntakeException(IntakeError.IMPORT_FAILED, reference);
    }
}

package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about key persons and vendors. */
public final class PersonnelException extends PlatformException {
    private PersonnelException(PersonnelError code, Object... arguments) {
        super(code, arguments);
    }

    static PersonnelException personNotFound(String entry) {
        return new PersonnelException(PersonnelError.KEY_PERSON_NOT_FOUND, entry);
    }

    static PersonnelException vendorNotFound(String entry) {
        return new PersonnelException(PersonnelError.VENDOR_NOT_FOUND, entry);
    }

    static PersonnelException trainingNotFound(String entry) {
        return new PersonnelException(PersonnelError.TRAINING_NOT_FOUND, entry);
    }

    /** The account belongs neither to the entry's organisation nor to its vendor. */
    static PersonnelException accountForeign(String username, String organisation) {
        return new PersonnelException(PersonnelError.ACCOUNT_FOREIGN, username, organisation);
    }

    /** Another entry has that account. */
    static PersonnelException accountManagedTwice(String username, String code) {
        return new PersonnelException(PersonnelError.ACCOUNT_MANAGED_TWICE, username, code);
    }

    static PersonnelException nothingToRestore(String title) {
        return new PersonnelException(PersonnelError.NOTHING_TO_RESTORE, title);
    }

    static PersonnelException reasonsLeft(String title, String reasons) {
        return new PersonnelException(PersonnelError.RESTORE_REASONS_LEFT, title, reasons);
    }

    /** Somebody without a right to access cannot be given any. */
    static PersonnelException standingMissing(String title, String reasons) {
        return new PersonnelException(PersonnelError.STANDING_MISSING, title, reasons);
    }
}

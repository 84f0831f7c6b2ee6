package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.PlatformException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** A refusal about people and what they may do. */
public final class IdentityException extends PlatformException {
    private IdentityException(IdentityError code, Object... arguments) {
        super(code, arguments);
    }

    static IdentityException credentialsWrong() {
        return new IdentityException(IdentityError.CREDENTIALS_WRONG);
    }

    static IdentityException locked(Object until) {
        return new IdentityException(IdentityError.ACCOUNT_LOCKED, until);
    }

    /** Nobody is signed in. */
    public static IdentityException notSignedIn() {
        return new IdentityException(IdentityError.NOT_SIGNED_IN);
    }

    /**
     * The person is not permitted that, here.
     *
     * @param organisation name of the organisation that it was tried for, empty if for none
     */
    public static IdentityException permissionMissing(String permission, String organisation) {
        return new IdentityException(
                IdentityError.PERMISSION_MISSING,
                inWords("identity.permission." + permission.replace(':', '.'), permission),
                organisation.isEmpty()
                        ? ""
                        : inWords("identity.permissionAt", organisation, organisation));
    }

    /** An argument that is put into words in the asker's language. */
    private static MessageSourceResolvable inWords(
            String key, String otherwise, Object... arguments) {
        return new DefaultMessageSourceResolvable(new String[] {key}, arguments, otherwise);
    }

    static IdentityException personNotFound(String id) {
        return new IdentityException(IdentityError.PERSON_NOT_FOUND, id);
    }

    static IdentityException usernameTaken(String username) {
        return new IdentityException(IdentityError.USERNAME_TAKEN, username);
    }

    static IdentityException usernameInvalid(String username) {
        return new IdentityException(IdentityError.USERNAME_INVALID, username);
    }

    static IdentityException passwordWeak(int least) {
        return new IdentityException(IdentityError.PASSWORD_WEAK, least);
    }

    static IdentityException passwordWrong() {
        return new IdentityException(IdentityError.PASSWORD_WRONG);
    }

    static IdentityException roleUnknown(String role) {
        return new IdentityException(IdentityError.ROLE_UNKNOWN, role);
    }

    /** There is no such organisation in the city's tree. */
    public static IdentityException organisationUnknown(String code) {
        return new IdentityException(IdentityError.ORGANISATION_UNKNOWN, code);
    }

    static IdentityException ownAccount() {
        return new IdentityException(IdentityError.OWN_ACCOUNT);
    }
}

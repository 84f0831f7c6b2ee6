package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about sharing. */
public final class SharingException extends PlatformException {
    private SharingException(SharingError code, Object... arguments) {
        super(code, arguments);
    }

    /** There is no such limit, or nothing that could have one. */
    public static SharingException quotaNotFound(String id) {
        return new SharingException(SharingError.QUOTA_NOT_FOUND, id);
    }

    /** There is no such interface. */
    public static SharingException interfaceNotFound(String id) {
        return new SharingException(SharingError.INTERFACE_NOT_FOUND, id);
    }

    /** Another interface has that identifier. */
    public static SharingException interfaceIdTaken(String id) {
        return new SharingException(SharingError.INTERFACE_ID_TAKEN, id);
    }

    /** The interface's state does not permit that. */
    public static SharingException interfaceState(String name, String state) {
        return new SharingException(SharingError.INTERFACE_STATE, name, state);
    }

    /** The interface cannot be asked for now. */
    public static SharingException interfaceNotLive(String name) {
        return new SharingException(SharingError.INTERFACE_NOT_LIVE, name);
    }

    /** There is no such dataset. */
    public static SharingException datasetUnknown(String id) {
        return new SharingException(SharingError.DATASET_UNKNOWN, id);
    }

    /** The dataset does not stand in the catalogue. */
    public static SharingException datasetNotPublished(String title) {
        return new SharingException(SharingError.DATASET_NOT_PUBLISHED, title);
    }

    /** Nobody confirmed the grades of these columns. */
    public static SharingException gradeNotConfirmed(String columns) {
        return new SharingException(SharingError.GRADE_NOT_CONFIRMED, columns);
    }

    /** There is no such application. */
    public static SharingException applicationNotFound(String id) {
        return new SharingException(SharingError.APPLICATION_NOT_FOUND, id);
    }

    /** The organisation has another application of that name. */
    public static SharingException applicationNameTaken(String name) {
        return new SharingException(SharingError.APPLICATION_NAME_TAKEN, name);
    }

    /** The application is switched off. */
    public static SharingException applicationInactive(String name) {
        return new SharingException(SharingError.APPLICATION_INACTIVE, name);
    }

    /** The application only serves trial calls. */
    public static SharingException applicationTrial(String name) {
        return new SharingException(SharingError.APPLICATION_TRIAL, name);
    }

    /** There is no such key. */
    public static SharingException keyNotFound(String id) {
        return new SharingException(SharingError.KEY_NOT_FOUND, id);
    }

    /** The application has as many keys in force as it may have. */
    public static SharingException keysTooMany(int most) {
        return new SharingException(SharingError.KEYS_TOO_MANY, most);
    }

    /** There is no such request. */
    public static SharingException requestNotFound(String id) {
        return new SharingException(SharingError.REQUEST_NOT_FOUND, id);
    }

    /** The request's state does not permit that. */
    public static SharingException requestState(String number, String state) {
        return new SharingException(SharingError.REQUEST_STATE, number, state);
    }

    /** Somebody else decided before. */
    public static SharingException alreadyDecided(String number, String name, Object time) {
        return new SharingException(SharingError.ALREADY_DECIDED, number, name, time);
    }

    /** Nobody decides on a request of their own. */
    public static SharingException ownRequest(String number) {
        return new SharingException(SharingError.OWN_REQUEST, number);
    }

    /** There is no such grant. */
    public static SharingException grantNotFound(String id) {
        return new SharingException(SharingError.GRANT_NOT_FOUND, id);
    }

    /** The grant is no longer in force. */
    public static SharingException grantNotActive(String id) {
        return new SharingException(SharingError.GRANT_NOT_ACTIVE, id);
    }

    /** The grant is no longer in force. */
    public static SharingException grantNotRestorable(String id) {
        return new SharingException(SharingError.GRANT_NOT_RESTORABLE, id);
    }

    /** The caller is no gateway of this platform. */
    public static SharingException gatewayTokenWrong() {
        return new SharingException(SharingError.GATEWAY_TOKEN_WRONG);
    }

    /** The gateway does not answer. */
    public static SharingException gatewayUnreachable(String address) {
        return new SharingException(SharingError.GATEWAY_UNREACHABLE, address);
    }

    /** Trial calls without an application are for own interfaces. */
    public static SharingException trialNotOwn(String name) {
        return new SharingException(SharingError.TRIAL_NOT_OWN, name);
    }

    /** The application has no HMAC key that the platform could sign with. */
    public static SharingException trialNoKey(String name) {
        return new SharingException(SharingError.TRIAL_NO_KEY, name);
    }
}

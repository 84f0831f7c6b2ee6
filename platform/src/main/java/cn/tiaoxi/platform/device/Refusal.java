package cn.tiaoxi.platform.device;

/** Why a heartbeat was not taken. The names stand in answers and in the counts of each day. */
public enum Refusal {
    /** It is no object with known fields. */
    FORM_WRONG,
    /** It has no code. */
    CODE_MISSING,
    /** No device has that code. */
    CODE_UNKNOWN,
    /** The device belongs to an organisation that the reporter may not report for. */
    DEVICE_FOREIGN,
    /** The ledger does not have the device in use. */
    DEVICE_NOT_IN_USE,
    /** The time is not in ISO 8601 with a zone. */
    TIME_WRONG,
    /** The time lies in the future. */
    TIME_AHEAD,
    /** The time is too long ago. */
    TIME_OLD,
    /** Battery or signal is no whole number from 0 to 100. */
    PERCENT_WRONG,
    /** The status is none of OK, FAULT, MAINTENANCE. */
    STATUS_WRONG;

    /** Key of its text in the module's messages. */
    public String key() {
        return "device.refusal." + name();
    }
}

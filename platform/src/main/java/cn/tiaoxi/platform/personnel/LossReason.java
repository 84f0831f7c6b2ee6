package cn.tiaoxi.platform.personnel;

/** Why a key person has no right to access. */
public enum LossReason {
    /** The entry is not in force yet. */
    PENDING,
    /** Left the vendor or was stood down. */
    LEFT,
    /** The entry was taken out of the ledger. */
    REMOVED,
    /** The background check is missing or was not passed. */
    NOT_CLEARED,
    /** The clearance ran out. */
    CLEARANCE_EXPIRED,
    /** The contract ran out. */
    CONTRACT_ENDED,
    /** The vendor is not admitted, or no longer. */
    VENDOR_NOT_ADMITTED,
    /** Without a valid training for longer than the city allows. */
    UNTRAINED
}

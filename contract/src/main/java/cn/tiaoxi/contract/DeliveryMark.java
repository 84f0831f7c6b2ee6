package cn.tiaoxi.contract;

/**
 * What tells one recipient's file from another's with the same rows. Each mark is seeded by a
 * secret key and the file's identifier.
 */
public enum DeliveryMark {
    /** Rows about subjects that do not exist, few among the others. */
    CANARIES,
    /** The order of rows within a portion of the file. */
    ORDER,
    /** Digits and brackets of running text in one of their two widths; see {@link Width}. */
    SPELLING
}

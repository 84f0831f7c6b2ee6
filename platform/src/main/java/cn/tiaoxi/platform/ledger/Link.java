package cn.tiaoxi.platform.ledger;

/**
 * A reference of an entry to another.
 *
 * @param source identifier of the entry that refers
 * @param field its field that does
 * @param target identifier of the entry that it refers to
 */
public record Link(String source, String field, String target) {}

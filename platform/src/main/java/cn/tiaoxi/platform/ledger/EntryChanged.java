package cn.tiaoxi.platform.ledger;

/**
 * An entry was added or changed, or what is known about it.
 *
 * @param type its ledger
 * @param id its identifier
 * @param action what was done
 * @param version its version after that
 */
public record EntryChanged(String type, String id, String action, long version) {}

package cn.tiaoxi.platform.ledger;

import java.time.Instant;

/**
 * An entry on its way to another organisation.
 *
 * @param entry identifier of the entry
 * @param giver code of the organisation that gives it
 * @param taker code of the organisation that is to take it
 * @param askedBy name of who asked
 * @param askedByUsername user name of who asked
 */
public record Transfer(
        String id,
        Entry entry,
        String giver,
        String taker,
        String reason,
        Instant asked,
        String askedBy,
        String askedByUsername) {}

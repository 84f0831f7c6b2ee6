package cn.tiaoxi.platform.ledger;

import java.time.Instant;

/**
 * A file that somebody brought.
 *
 * @param size bytes
 * @param sha256 hash of the content, in hexadecimal digits
 * @param mediaType media type by its ending
 */
public record LedgerFile(
        String id,
        String name,
        long size,
        String sha256,
        String mediaType,
        Instant time,
        Author author) {}

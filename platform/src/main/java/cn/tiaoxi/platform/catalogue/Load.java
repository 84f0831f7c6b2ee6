package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.platform.ledger.Author;
import java.time.Instant;

/**
 * A load that succeeded.
 *
 * @param id identifier, that of the upload it came from
 * @param author who ordered it
 * @param rows rows loaded
 * @param rejected rows handed back
 * @param snapshot the state of the table that it made
 */
public record Load(
        String id,
        String dataset,
        Instant time,
        Author author,
        String fileName,
        LoadMode mode,
        long rows,
        long rejected,
        long snapshot) {}

package cn.tiaoxi.lake.table;

import java.time.Instant;

/**
 * A state that a table had.
 *
 * @param id Iceberg's number of it
 * @param time when it became the table's state
 * @param rows rows of the table then
 * @param added rows that came with it
 */
public record TableSnapshot(long id, Instant time, long rows, long added) {}

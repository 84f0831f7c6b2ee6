package cn.tiaoxi.platform.intake;

/**
 * Findings of the same code in the same column.
 *
 * @param column the column, from 0; -1 for rows as a whole
 * @param firstRow the first row that has one
 */
public record FindingSort(String code, int column, long count, long firstRow) {}

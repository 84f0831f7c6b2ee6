package cn.tiaoxi.platform.catalogue;

/**
 * A person described columns of a dataset anew, or gave them other grades.
 *
 * @param dataset its identifier
 */
public record ColumnsDescribed(String dataset) {}

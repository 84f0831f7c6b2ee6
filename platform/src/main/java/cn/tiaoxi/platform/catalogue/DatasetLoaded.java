package cn.tiaoxi.platform.catalogue;

/**
 * The rows of a dataset changed.
 *
 * @param dataset its identifier
 */
public record DatasetLoaded(String dataset) {}

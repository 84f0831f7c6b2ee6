package cn.tiaoxi.platform.search;

/**
 * Something that the search knows was added, changed or removed.
 *
 * @param kind its kind
 * @param id its identifier within the kind
 */
public record SearchChanged(String kind, String id) {}

package cn.tiaoxi.platform.search;

/**
 * Something that can be found was added, changed or removed. Publish it as an application event in
 * the transaction of the change: once that commits, the search asks the kind's {@link SearchSource}
 * anew.
 */
public record SearchEntryChanged(String kind, String id) {}

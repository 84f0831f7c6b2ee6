package cn.tiaoxi.platform.identity;

/**
 * A person was added or changed.
 *
 * @param id identifier of the person
 */
public record PersonChanged(String id) {}

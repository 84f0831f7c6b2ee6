package cn.tiaoxi.platform.evidence;

/**
 * New calls stand in {@code published.call}.
 *
 * @param origin log they come from
 * @param count how many
 */
public record CallsIngested(String origin, int count) {}

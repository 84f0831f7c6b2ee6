package cn.tiaoxi.platform.sharing;

import org.jspecify.annotations.Nullable;

/**
 * Calls that gateways have leased, so a little more than were made; null where nothing was counted.
 *
 * @param today calls of today
 * @param thisMonth calls of this month
 * @param inAll calls since the beginning
 */
public record CallUse(@Nullable Long today, @Nullable Long thisMonth, @Nullable Long inAll) {}

package cn.tiaoxi.platform.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a device was not heard.
 *
 * @param since when the permitted silence was over, or the device came into use
 * @param until when it was heard again; null while it is not
 */
public record Outage(Instant since, @Nullable Instant until) {}

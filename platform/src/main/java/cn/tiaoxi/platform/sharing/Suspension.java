package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Words;
import java.time.Instant;

/**
 * Why an application may not call for the time being.
 *
 * @param reason for people
 * @param person the key person or vendor whose access was lost
 */
public record Suspension(Words reason, Instant since, String person) {}

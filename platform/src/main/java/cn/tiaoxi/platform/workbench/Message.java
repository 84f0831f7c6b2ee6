package cn.tiaoxi.platform.workbench;

import cn.tiaoxi.platform.border.Words;
import java.time.Instant;

/**
 * A message to one person.
 *
 * @param link page to go to, empty for none
 */
public record Message(
        String id, Instant time, Words title, Words text, String link, boolean read) {}

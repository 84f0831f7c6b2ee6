package cn.tiaoxi.platform.usage;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Leave to keep a grant without using it.
 *
 * @param until last day
 */
public record Exemption(
        String id, String grant, LocalDate until, String reason, Instant given, String givenBy) {}

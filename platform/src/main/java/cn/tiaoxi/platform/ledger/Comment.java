package cn.tiaoxi.platform.ledger;

import java.time.Instant;

/** What somebody said about an entry. */
public record Comment(String id, String entry, Instant time, Author author, String text) {}

package cn.tiaoxi.platform.sharing;

/** A grant was taken back, in the transaction under way. */
public record GrantRevoked(String grant) {}

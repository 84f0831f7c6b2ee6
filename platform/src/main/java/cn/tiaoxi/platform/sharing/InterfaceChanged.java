package cn.tiaoxi.platform.sharing;

/** An interface was published, changed its state, or got a new table. */
public record InterfaceChanged(String id) {}

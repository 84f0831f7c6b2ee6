package cn.tiaoxi.platform.catalogue;

/** A load was ordered; {@code id} is that of the upload. */
record LoadOrdered(String id) {}

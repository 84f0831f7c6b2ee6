package cn.tiaoxi.platform.evidence;

/** Wakes the relay once the transaction is committed. */
record RecordAdded() {}

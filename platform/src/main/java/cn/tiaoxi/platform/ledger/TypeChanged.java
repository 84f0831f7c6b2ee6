package cn.tiaoxi.platform.ledger;

/** Another version of a ledger's type came into force. */
public record TypeChanged(String type, int version) {}

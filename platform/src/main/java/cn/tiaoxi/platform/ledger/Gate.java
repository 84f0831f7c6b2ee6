package cn.tiaoxi.platform.ledger;

import java.util.List;

/**
 * Something that must be in order before an entry may change its state. A module makes a bean of
 * it; a transition of a type names it under {@code gate:}.
 */
public interface Gate {

    /** Its name in type files. */
    String id();

    /** What is in the way, in the language of the request under way; empty if nothing is. */
    List<String> obstacles(Entry entry);
}

package cn.tiaoxi.platform.ledger;

import java.util.List;

/**
 * Many entries of a ledger were added or changed at once, or inspected anew. They are not told one
 * by one as {@link EntryChanged}.
 *
 * @param type their ledger
 * @param ids their identifiers
 * @param action what was done
 */
public record EntriesChanged(String type, List<String> ids, String action) {
    public EntriesChanged {
        ids = List.copyOf(ids);
    }
}

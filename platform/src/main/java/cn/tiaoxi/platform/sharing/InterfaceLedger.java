package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Keeps interfaces in the ledger of what exists, in the transaction of each change. */
@Component
class InterfaceLedger {
    private static final String TYPE = "interface";

    private final Ledger ledger;
    private final Guides guides;

    InterfaceLedger(Ledger ledger, Guides guides) {
        this.ledger = ledger;
        this.guides = guides;
    }

    void add(Author author, Interface each) {
        ledger.add(
                author,
                new Ledger.NewEntry(
                        TYPE,
                        entry(each.id()),
                        each.name(),
                        each.organisation(),
                        Map.of(
                                "name", each.id(),
                                "dataset", each.dataset().isEmpty() ? each.id() : each.dataset(),
                                "address", guides.address(each),
                                "keys", keys(each),
                                "fields", cut(labels(each))),
                        Map.of()));
    }

    /** A service that takes no parameter gives the same to everybody. */
    private static String keys(Interface each) {
        String keys = String.join(", ", each.keys());
        return keys.isEmpty() ? "-" : keys.substring(0, Math.min(keys.length(), 1_000));
    }

    private static String labels(Interface each) {
        return String.join(", ", each.fields().stream().map(ServedField::label).toList());
    }

    private static String cut(String text) {
        return text.length() > 8000 ? text.substring(0, 8000) : text;
    }

    /** Moves the entry as the ledger's type permits; a state that stays needs no move. */
    void move(Author author, Interface each, String action, String reason) {
        var entry = ledger.get(TYPE, entry(each.id()));
        if (ledger.obstacle(entry, action).isEmpty()) {
            ledger.move(author, TYPE, entry.id(), action, reason);
        }
    }

    /** An interface's entry always has the same identifier. */
    private static String entry(String id) {
        return UUID.nameUUIDFromBytes((TYPE + ":" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

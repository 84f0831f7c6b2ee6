package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.contract.Sha256;
import cn.tiaoxi.platform.evidence.Evidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes the rows of a batch that are sound: entries, links, history, trace, event. */
@Component
class BatchWriter {
    private final BatchStore store;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;

    BatchWriter(BatchStore store, Evidence evidence, ApplicationEventPublisher events) {
        this.store = store;
        this.evidence = evidence;
        this.events = events;
    }

    /** Writes them in the transaction of the caller, who has locked what they change. */
    void write(ActiveType type, List<BatchRow> rows, Batches.Order order, Instant now) {
        List<BatchRow> written = rows.stream().filter(BatchRow::written).toList();
        if (written.isEmpty()) {
            return;
        }
        List<Entry> added = new ArrayList<>();
        List<Entry> changed = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        for (BatchRow row : written) {
            Entry entry = row.entry();
            (row.before == null ? added : changed).add(entry);
            EntryWriter.references(type, entry)
                    .forEach(
                            (field, targets) ->
                                    targets.forEach(
                                            t -> links.add(new Link(entry.id(), field, t))));
            changes.put(entry.id(), change(row, entry, order, now));
            EntryWriter.uniqueKeys(type, entry).forEach((k, f) -> keys.put(k, entry.id()));
        }
        store.add(added);
        if (!changed.isEmpty()) {
            store.update(changed);
            store.removeLinks(changed.stream().map(Entry::id).toList());
        }
        store.addLinks(links);
        if (!type.type().unique().isEmpty()) {
            store.claim(type.type().id(), changed.stream().map(Entry::id).toList(), keys);
        }
        store.addChanges(changes);
        note(type.type().id(), order, added, changed);
    }

    private static Change change(BatchRow row, Entry entry, Batches.Order order, Instant now) {
        return new Change(
                entry.version(),
                now,
                order.author(),
                "import",
                order.reason(),
                row.changes,
                order.id());
    }

    /** One record of the trace for all rows of the call, with a hash of what they became. */
    private void note(String type, Batches.Order order, List<Entry> added, List<Entry> changed) {
        MessageDigest hash = Sha256.begin();
        List<String> ids = new ArrayList<>();
        for (List<Entry> part : List.of(added, changed)) {
            for (Entry entry : part) {
                ids.add(entry.id());
                hash.update(
                        (entry.id() + "\n" + entry.version() + "\n" + entry.fields() + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("batch", order.id());
        detail.put("added", Integer.toString(added.size()));
        detail.put("changed", Integer.toString(changed.size()));
        detail.put("sha256", HexFormat.of().formatHex(hash.digest()));
        if (!added.isEmpty()) {
            detail.put("from", added.getFirst().code());
            detail.put("to", added.getLast().code());
        }
        evidence.changed(order.author().who(), type + ".import", "ledger:" + type, detail);
        events.publishEvent(new EntriesChanged(type, ids, "import"));
    }
}

package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.evidence.Evidence;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes one entry with all that belongs to it: findings, history, references, values that it alone
 * may have, trace and event. Call in a transaction.
 */
@Component
class EntryWriter {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KEY = 400;

    private final EntryStore entries;
    private final ChangeStore changes;
    private final LinkStore links;
    private final Inspector inspector;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;

    EntryWriter(
            EntryStore entries,
            ChangeStore changes,
            LinkStore links,
            Inspector inspector,
            Evidence evidence,
            ApplicationEventPublisher events) {
        this.entries = entries;
        this.changes = changes;
        this.links = links;
        this.inspector = inspector;
        this.evidence = evidence;
        this.events = events;
    }

    /**
     * What is done to an entry, for its history.
     *
     * @param batch the batch that it is part of, or null
     */
    record Act(Author author, String action, @Nullable String reason, @Nullable String batch) {
        Act(Author author, String action, @Nullable String reason) {
            this(author, action, reason, null);
        }
    }

    /** Adds an entry. */
    Entry add(ActiveType type, Entry bare, Act act) {
        Entry entry = inspected(type, bare);
        entries.add(entry);
        finish(type, entry, act, differences(Map.of(), entry.fields()));
        return entry;
    }

    /** Writes an entry over the version before it. */
    Entry update(
            ActiveType type, Entry before, Entry after, Act act, List<Change.Difference> changed) {
        Entry entry = inspected(type, after);
        if (!entries.update(entry, before.version())) {
            throw BorderException.versionConflict(
                    entries.find(before.type(), before.id()).map(Entry::version).orElse(0L));
        }
        finish(type, entry, act, changed);
        return entry;
    }

    /** Writes what is derived, without a new version; nobody else may have the entry meanwhile. */
    Entry refresh(ActiveType type, Entry entry, String action) {
        Entry same = inspected(type, entry);
        entries.update(same, entry.version());
        events.publishEvent(new EntryChanged(same.type(), same.id(), action, same.version()));
        return same;
    }

    Entry inspected(ActiveType type, Entry entry) {
        return inspector.inspected(type, entry, entries.linked(type, List.of(entry)));
    }

    private void finish(
            ActiveType type, Entry entry, Act act, List<Change.Difference> differences) {
        String reason = act.reason();
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        links.replace(entry.id(), references(type, entry));
        claim(type, entry);
        changes.add(
                entry.id(),
                new Change(
                        entry.version(),
                        entry.updated(),
                        act.author(),
                        act.action(),
                        reason,
                        differences,
                        act.batch()));
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("code", entry.code());
        detail.put("title", entry.title());
        detail.put("version", Long.toString(entry.version()));
        detail.put(
                "fields",
                String.join(",", differences.stream().map(Change.Difference::field).toList()));
        evidence.changed(
                act.author().who(),
                entry.type() + "." + act.action(),
                entry.type() + ":" + entry.id(),
                detail);
        events.publishEvent(
                new EntryChanged(entry.type(), entry.id(), act.action(), entry.version()));
    }

    static Map<String, List<String>> references(ActiveType type, Entry entry) {
        Map<String, List<String>> references = new LinkedHashMap<>();
        if (entry.removed() == null) {
            type.references().forEach(f -> references.put(f.id(), entry.texts(f.id())));
        }
        return references;
    }

    private void claim(ActiveType type, Entry entry) {
        if (type.type().unique().isEmpty()) {
            return;
        }
        links.release(entry.id());
        for (Map.Entry<String, List<String>> key : uniqueKeys(type, entry).entrySet()) {
            Optional<String> holder = links.claim(type.type().id(), key.getKey(), entry.id());
            if (holder.isPresent()) {
                throw BorderException.invalid(taken(type, holder.get(), key.getValue()));
            }
        }
    }

    private List<FieldError> taken(ActiveType type, String holder, List<String> fields) {
        String code = entries.find(type.type().id(), holder).map(Entry::code).orElse(holder);
        return fields.stream().map(f -> FieldCheck.error(f, "ledger.taken", code)).toList();
    }

    /**
     * The values that the entry alone may have, with the fields that they are made of. An entry
     * that is over or removed has none.
     */
    static Map<String, List<String>> uniqueKeys(ActiveType type, Entry entry) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        if (entry.removed() != null || !type.type().counts(entry.state())) {
            return keys;
        }
        for (List<String> fields : type.type().unique()) {
            StringBuilder key = new StringBuilder(String.join("+", fields));
            boolean whole = true;
            for (String field : fields) {
                String value =
                        field.equals(LedgerType.ORGANISATION)
                                ? entry.organisation()
                                : entry.text(field);
                whole &= value != null;
                key.append('\u001f').append(value);
            }
            if (whole) {
                keys.put(bounded(normal(key.toString())), fields);
            }
        }
        return keys;
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static String bounded(String key) {
        return key.length() <= LONGEST_KEY
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** What became different between the fields before and after. */
    static List<Change.Difference> differences(
            Map<String, Object> before, Map<String, Object> after) {
        List<Change.Difference> differences = new ArrayList<>();
        after.forEach(
                (field, value) -> {
                    Object old = before.get(field);
                    if (!Objects.equals(text(old), text(value))) {
                        differences.add(new Change.Difference(field, old, value));
                    }
                });
        before.forEach(
                (field, old) -> {
                    if (!after.containsKey(field)) {
                        differences.add(new Change.Difference(field, old, null));
                    }
                });
        return differences;
    }

    /** Numbers that come back from the database are of another class; their text is the same. */
    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

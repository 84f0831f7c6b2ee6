package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.border.ProblemDetails;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerFile;
import cn.tiaoxi.platform.ledger.LedgerFiles;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Transfers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Entries as answers show them: what the asker may see, in the asker's language. */
@Component
class EntryViews {
    private final Ledger ledger;
    private final LedgerFiles files;
    private final Transfers transfers;
    private final People people;
    private final Organisations organisations;
    private final ProblemDetails problems;

    EntryViews(
            Ledger ledger,
            LedgerFiles files,
            Transfers transfers,
            People people,
            Organisations organisations,
            ProblemDetails problems) {
        this.ledger = ledger;
        this.files = files;
        this.transfers = transfers;
        this.people = people;
        this.organisations = organisations;
        this.problems = problems;
    }

    /** Something that a value names. */
    record Shown(String id, String text, @Nullable String link) {}

    /** An entry in a list. */
    record EntryView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            int findings,
            boolean standardised,
            double score,
            Instant updated,
            Map<String, Object> fields,
            Map<String, List<Shown>> shown,
            String link) {}

    /** What may be done with an entry now. */
    record Act(String action, String name, boolean allowed, @Nullable String why, boolean reason) {}

    /** What the asker may do with an entry besides. */
    record May(boolean change, boolean remove, boolean transfer, boolean comment) {}

    /** A transfer that waits. */
    record Waiting(String id, Organisations.Named taker, String reason, Instant asked, String by) {}

    /** An entry alone. */
    record EntryDetail(
            String id,
            String type,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            int findings,
            boolean standardised,
            double score,
            Instant created,
            Instant updated,
            @Nullable Instant removed,
            Map<String, Object> fields,
            Map<String, List<Shown>> shown,
            List<FieldView> fieldDefinitions,
            List<FindingView> findingsDetail,
            String link,
            long version,
            int typeVersion,
            List<Act> acts,
            May may,
            @Nullable Waiting transfer) {}

    /** Entries of a list with the fields that lists show. */
    List<EntryView> list(LedgerType type, Actor actor, Collection<Entry> entries) {
        List<LedgerType.Field> listed =
                type.fields().stream()
                        .filter(LedgerType.Field::listed)
                        .filter(f -> FieldAccess.mayRead(actor, f))
                        .toList();
        return list(type, actor, entries, listed);
    }

    private List<EntryView> list(
            LedgerType type,
            Actor actor,
            Collection<Entry> entries,
            List<LedgerType.Field> listed) {
        Names names = new Names(listed, entries);
        List<EntryView> views = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, Object> seen = FieldAccess.visible(actor, type, entry);
            Map<String, Object> fields = new LinkedHashMap<>();
            for (LedgerType.Field field : listed) {
                Object value = seen.get(field.id());
                if (value != null) {
                    fields.put(field.id(), value);
                }
            }
            views.add(
                    new EntryView(
                            entry.id(),
                            entry.code(),
                            entry.title(),
                            organisations.named(entry.organisation()),
                            entry.state(),
                            type.stateName(entry.state()),
                            entry.open(),
                            entry.standardised(),
                            ledger.score(entry),
                            entry.updated(),
                            fields,
                            names.shown(entry, fields.keySet()),
                            ledger.link(entry)));
        }
        return views;
    }

    EntryDetail detail(Actor actor, Entry entry) {
        LedgerType type = ledger.type(entry.type());
        Map<String, Object> fields = FieldAccess.visible(actor, type, entry);
        Names names = new Names(type.fields(), List.of(entry));
        boolean writable = !type.isManaged() && entry.removed() == null;
        boolean may = actor.may(type.writePermission(), entry.organisation());
        boolean removable = !type.isManaged() && actor.may("ledger:remove", entry.organisation());
        return new EntryDetail(
                entry.id(),
                entry.type(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                entry.open(),
                entry.standardised(),
                ledger.score(entry),
                entry.created(),
                entry.updated(),
                entry.removed(),
                fields,
                names.shown(entry, fields.keySet()),
                FieldView.of(type, actor, entry.organisation()),
                FindingView.of(ledger.inWords(entry)),
                ledger.link(entry),
                entry.version(),
                entry.typeVersion(),
                writable && may ? acts(actor, type, entry) : List.of(),
                new May(writable && may, removable, writable && may, true),
                transfers
                        .open(entry)
                        .map(
                                t ->
                                        new Waiting(
                                                t.id(),
                                                organisations.named(t.taker()),
                                                t.reason(),
                                                t.asked(),
                                                t.askedBy()))
                        .orElse(null));
    }

    /** The changes of state that begin at the entry's own, with what is in the way of each. */
    private List<Act> acts(Actor actor, LedgerType type, Entry entry) {
        List<Act> acts = new ArrayList<>();
        for (LedgerType.Transition each : type.transitions()) {
            String permission = each.permission();
            if (!each.from().contains(entry.state())
                    || permission != null && !actor.may(permission, entry.organisation())) {
                continue;
            }
            LedgerException obstacle = ledger.obstacle(entry, each.action()).orElse(null);
            acts.add(
                    new Act(
                            each.action(),
                            each.name().shown(),
                            obstacle == null,
                            obstacle == null ? null : words(obstacle),
                            each.needsReason()));
        }
        return acts;
    }

    /** A refusal in the language of the request under way. */
    String words(PlatformException refusal) {
        return problems.message(refusal, LocaleContextHolder.getLocale());
    }

    /** Names of what the values of some entries refer to, looked up together. */
    private final class Names {
        private final List<LedgerType.Field> fields;
        private final Map<String, Entry> entries = new HashMap<>();
        private final Map<String, LedgerFile> found = new HashMap<>();

        Names(List<LedgerType.Field> fields, Collection<Entry> of) {
            this.fields = fields;
            for (LedgerType.Field field : fields) {
                Set<String> ids = new HashSet<>();
                of.forEach(e -> ids.addAll(e.texts(field.id())));
                String other = field.ledger();
                if (field.type() == LedgerType.Kind.REFERENCE && other != null) {
                    entries.putAll(ledger.all(other, ids));
                } else if (field.type() == LedgerType.Kind.FILE) {
                    files.all(ids).forEach(f -> found.put(f.id(), f));
                }
            }
        }

        Map<String, List<Shown>> shown(Entry entry, Set<String> seen) {
            Map<String, List<Shown>> shown = new LinkedHashMap<>();
            for (LedgerType.Field field : fields) {
                if (!seen.contains(field.id())) {
                    continue;
                }
                List<Shown> values = new ArrayList<>();
                for (String value : entry.texts(field.id())) {
                    Shown one = shown(entry, field, value);
                    if (one != null) {
                        values.add(one);
                    }
                }
                if (!values.isEmpty()) {
                    shown.put(field.id(), values);
                }
            }
            return shown;
        }

        private @Nullable Shown shown(Entry entry, LedgerType.Field field, String value) {
            return switch (field.type()) {
                case REFERENCE -> {
                    Entry other = entries.get(value);
                    yield other == null
                            ? new Shown(value, value, null)
                            : new Shown(
                                    value,
                                    other.title(),
                                    other.removed() == null ? ledger.link(other) : null);
                }
                case FILE -> {
                    LedgerFile file = found.get(value);
                    yield file == null
                            ? null
                            : new Shown(
                                    value,
                                    file.name(),
                                    "/api/v1/ledgers/%s/entries/%s/files/%s"
                                            .formatted(entry.type(), entry.id(), value));
                }
                case ORGANISATION, DIVISION -> new Shown(value, organisations.name(value), null);
                case PERSON ->
                        new Shown(
                                value,
                                people.byUsername(value).map(Person::name).orElse(value),
                                null);
                case TEXT, NUMBER, DATE, BOOLEAN, CODE, GEOMETRY -> null;
            };
        }
    }
}

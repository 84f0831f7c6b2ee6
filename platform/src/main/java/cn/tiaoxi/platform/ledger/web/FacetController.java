package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.EntryLists;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What lists of a ledger can be filtered by, and what its references can name. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}")
class FacetController {
    private static final int MOST_OPTIONS = 20;

    private final EntryLists lists;
    private final Ledger ledger;
    private final EntryRequests requests;
    private final Organisations organisations;
    private final People people;
    private final Access access;
    private final MessageSource messages;

    FacetController(
            EntryLists lists,
            Ledger ledger,
            EntryRequests requests,
            Organisations organisations,
            People people,
            Access access,
            MessageSource messages) {
        this.lists = lists;
        this.ledger = ledger;
        this.requests = requests;
        this.organisations = organisations;
        this.people = people;
        this.access = access;
        this.messages = messages;
    }

    /** A value with how many entries of the list have it. */
    record ValueView(String value, String name, long count) {}

    /** The values of a field. */
    record FacetView(String field, String name, List<ValueView> values) {}

    /** An entry that a reference can name. */
    record OptionView(String id, String code, String title, String subtitle) {}

    @GetMapping("/facets")
    @Permission("ledger:read")
    List<FacetView> facets(
            @PathVariable String type,
            @RequestParam Map<String, String> parameters,
            @RequestParam(defaultValue = "") String q) {
        LedgerType found = requests.readable(type);
        if (found.isManaged()) {
            return List.of();
        }
        Actor actor = access.actor();
        EntryFilter filter = requests.filter(found, parameters);
        List<LedgerType.Field> fields =
                found.fields().stream()
                        .filter(LedgerType.Field::filtered)
                        .filter(f -> FieldAccess.mayReadAll(actor, f))
                        .toList();
        Map<String, List<EntryLists.Count>> counts =
                lists.facets(filter, q, fields.stream().map(LedgerType.Field::id).toList());
        return counts.entrySet().stream().map(c -> view(found, c.getKey(), c.getValue())).toList();
    }

    private FacetView view(LedgerType type, String facet, List<EntryLists.Count> counts) {
        LedgerType.Field field =
                facet.startsWith("f.") ? type.field(facet.substring(2)).orElse(null) : null;
        UnaryOperator<String> names = field == null ? own(type, facet) : names(field, counts);
        return new FacetView(
                facet,
                field == null ? text("ledger." + facet, facet) : field.name().shown(),
                counts.stream()
                        .map(c -> new ValueView(c.value(), names.apply(c.value()), c.count()))
                        .toList());
    }

    private UnaryOperator<String> own(LedgerType type, String facet) {
        return switch (facet) {
            case "state" -> type::stateName;
            case "organisation" -> organisations::name;
            case "finding" -> rule -> ledger.ruleName(type.id(), rule).shown();
            default -> value -> text("ledger.standardised." + value, value);
        };
    }

    private UnaryOperator<String> names(LedgerType.Field field, List<EntryLists.Count> counts) {
        return switch (field.type()) {
            case CODE -> field::codeName;
            case ORGANISATION, DIVISION -> organisations::name;
            case PERSON -> u -> people.byUsername(u).map(Person::name).orElse(u);
            case REFERENCE -> {
                Map<String, String> titles =
                        ledger
                                .all(
                                        String.valueOf(field.ledger()),
                                        counts.stream().map(EntryLists.Count::value).toList())
                                .values()
                                .stream()
                                .collect(Collectors.toMap(Entry::id, Entry::title));
                yield id -> titles.getOrDefault(id, id);
            }
            case BOOLEAN -> value -> text("ledger.boolean." + value, value);
            case TEXT, NUMBER, DATE, FILE, GEOMETRY -> value -> value;
        };
    }

    private String text(String key, String otherwise) {
        String text = messages.getMessage(key, null, otherwise, LocaleContextHolder.getLocale());
        return text == null ? otherwise : text;
    }

    @GetMapping("/options")
    @Permission("ledger:read")
    List<OptionView> options(
            @PathVariable String type,
            @RequestParam String field,
            @RequestParam(defaultValue = "") String q) {
        LedgerType found = requests.readable(type);
        Actor actor = access.actor();
        LedgerType.Field wanted =
                found.field(field)
                        .filter(f -> FieldAccess.mayRead(actor, f))
                        .orElseThrow(() -> LedgerException.filterUnknown(field));
        if (wanted.type() == LedgerType.Kind.PERSON) {
            return people(q);
        }
        String other = wanted.ledger();
        if (other == null) {
            throw LedgerException.filterUnknown(field);
        }
        LedgerType target = requests.readable(other);
        EntryFilter filter = EntryFilter.all(other).within(actor.reach(target.readPermission()));
        return lists.page(filter, q, new Slice(null, false, MOST_OPTIONS, null)).items().stream()
                .filter(e -> target.counts(e.state()))
                .map(
                        e ->
                                new OptionView(
                                        e.id(),
                                        e.code(),
                                        e.title(),
                                        organisations.name(e.organisation())
                                                + " · "
                                                + target.stateName(e.state())))
                .toList();
    }

    private List<OptionView> people(String q) {
        String words = q.strip().toLowerCase(Locale.ROOT);
        return people.active().stream()
                .filter(
                        p ->
                                p.name().toLowerCase(Locale.ROOT).contains(words)
                                        || p.username().contains(words))
                .limit(MOST_OPTIONS)
                .map(
                        p ->
                                new OptionView(
                                        p.username(),
                                        p.username(),
                                        p.name(),
                                        organisations.name(p.organisation())))
                .toList();
    }
}

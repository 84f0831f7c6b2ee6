package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Checklists of applications, and waivers of their items. */
@Service
public class Conformance {
    private static final int LONGEST_REASON = 1000;

    /** The longest waiver: a city that needs more changes the item. */
    private static final int MOST_YEARS = 2;

    private final Checks checks;
    private final ConformanceRules rules;
    private final ChecklistStore store;
    private final WaiverStore waivers;
    private final ChecklistKeeper keeper;
    private final Ledger ledger;
    private final Access access;
    private final Evidence evidence;
    private final Clock clock;

    Conformance(
            Checks checks,
            ConformanceRules rules,
            ChecklistStore store,
            WaiverStore waivers,
            ChecklistKeeper keeper,
            Ledger ledger,
            Access access,
            Evidence evidence,
            Clock clock) {
        this.checks = checks;
        this.rules = rules;
        this.store = store;
        this.waivers = waivers;
        this.keeper = keeper;
        this.ledger = ledger;
        this.access = access;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * Which applications to list. Empty texts filter nothing.
     *
     * @param item only with this item in the way
     * @param outcome {@code conforming}, {@code failing} or {@code waived}
     */
    public record Filter(
            Set<String> reach,
            String text,
            String organisation,
            String state,
            String item,
            String outcome) {
        public Filter {
            reach = Set.copyOf(reach);
        }
    }

    /** An application before going live, as it was last looked at. */
    public record Row(
            String entry,
            String code,
            String title,
            String organisation,
            String state,
            int passed,
            int failed,
            int waived,
            List<String> hindering,
            int components,
            int used,
            Instant computed) {
        public Row {
            hindering = List.copyOf(hindering);
        }
    }

    /** How far applications before going live are. */
    public record Totals(long applications, long conforming, long components, long used) {}

    /** Something that is checked. */
    public record Checked(String id, cn.tiaoxi.platform.border.Words name, boolean mandatory) {}

    /** A waiver that was given, with its end. */
    public record Given(
            String item,
            Checklist.Waiver waiver,
            @Nullable Instant withdrawn,
            @Nullable String withdrawnBy,
            @Nullable String withdrawnReason) {}

    /** Applications before going live. */
    @Transactional(readOnly = true)
    public Page<Row> list(Filter filter, Slice slice) {
        return store.list(filter, slice);
    }

    /** How far applications of these organisations are; all without any. */
    public Totals totals(Set<String> reach) {
        return store.totals(reach);
    }

    /** All that is checked. */
    public List<Checked> items() {
        return rules.book().rules().stream()
                .map(r -> new Checked(r.id(), r.name(), r.detail().mandatory()))
                .toList();
    }

    /** Name of a state of applications. */
    public String stateName(String state) {
        return ledger.type(rules.ledger()).stateName(state);
    }

    /** Page of an application. */
    public String link(String entry) {
        return "/ledgers/" + rules.ledger() + "/" + entry;
    }

    /** The application of that entry, within reach of the actor. */
    public Entry application(String id) {
        Entry entry = ledger.get(rules.ledger(), id);
        access.require("ledger:read", entry.organisation());
        return entry;
    }

    /** The checklist of an application as of now. */
    @Transactional(readOnly = true)
    public Checklist checklist(Entry application) {
        return checks.of(application);
    }

    /** All waivers of an application, newest first. */
    public List<Given> waivers(Entry application) {
        return waivers.of(application.id()).stream()
                .map(
                        k ->
                                new Given(
                                        k.item(),
                                        k.waiver(),
                                        k.withdrawn(),
                                        k.withdrawnBy(),
                                        k.withdrawnReason()))
                .toList();
    }

    /**
     * Lets an application go live without an item until a day. A waiver that the item has already
     * is replaced.
     *
     * @throws ConformanceException if there is no such item
     */
    @Transactional
    public Checklist waive(
            String id, String item, @Nullable String reason, @Nullable LocalDate until) {
        Entry entry = ledger.lock(rules.ledger(), id);
        Actor actor = access.require("conformance:waive", entry.organisation());
        if (rules.item(item).isEmpty()) {
            throw ConformanceException.itemUnknown(item);
        }
        String why = given(reason);
        LocalDate today = checks.today();
        if (until == null) {
            throw BorderException.invalid("until", "border.required");
        }
        if (until.isBefore(today) || until.isAfter(today.plusYears(MOST_YEARS))) {
            throw BorderException.invalid(
                    "until",
                    "conformance.until",
                    today.toString(),
                    today.plusYears(MOST_YEARS).toString());
        }
        waivers.add(
                id,
                item,
                new Checklist.Waiver(Identifiers.next(), why, until, actor.name(), clock.instant()),
                actor.username());
        evidence.changed(
                actor.who(),
                "conformance.waived",
                rules.ledger() + ":" + id,
                Map.of("item", item, "until", until.toString(), "reason", why));
        return keeper.keep(entry);
    }

    /**
     * Takes a waiver back.
     *
     * @throws ConformanceException if the item has none in force
     */
    @Transactional
    public Checklist withdraw(String id, String item, @Nullable String reason) {
        Entry entry = ledger.lock(rules.ledger(), id);
        Actor actor = access.require("conformance:waive", entry.organisation());
        String why = given(reason);
        boolean done =
                waivers.withdraw(
                        id,
                        item,
                        checks.today(),
                        clock.instant(),
                        actor.username(),
                        actor.name(),
                        why);
        if (!done) {
            throw ConformanceException.waiverNotFound(item);
        }
        evidence.changed(
                actor.who(),
                "conformance.unwaived",
                rules.ledger() + ":" + id,
                Map.of("item", item, "reason", why));
        return keeper.keep(entry);
    }

    private static String given(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw BorderException.invalid("reason", "border.required");
        }
        if (reason.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        return reason.strip();
    }
}

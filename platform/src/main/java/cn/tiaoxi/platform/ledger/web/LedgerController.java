package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Finding;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.TypeChanges;
import cn.tiaoxi.platform.rule.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The ledgers and their types. */
@RestController
@RequestMapping("/api/v1/ledgers")
class LedgerController {
    private final Ledger ledger;
    private final TypeChanges versions;
    private final Access access;

    LedgerController(Ledger ledger, TypeChanges versions, Access access) {
        this.ledger = ledger;
        this.versions = versions;
        this.access = access;
    }

    /** A ledger in the list of ledgers. */
    record LedgerView(
            String id,
            String name,
            String description,
            @Nullable String category,
            boolean managed,
            long entries,
            long standardised,
            @Nullable Double rate,
            May may) {}

    /** What the asker may do with a ledger. */
    record May(boolean add, boolean bulk, boolean changeType) {}

    /** A group of fields. */
    record GroupView(String id, String name, @Nullable String help) {}

    /** A state. */
    record StateView(String code, String name, boolean ended) {}

    /** A change of state. */
    record TransitionView(
            String action,
            String name,
            List<String> from,
            String to,
            boolean reason,
            boolean sound,
            @Nullable String gate) {}

    /** A rule of standardisation. */
    record RuleView(
            String id,
            String name,
            String description,
            int weight,
            Finding.Severity severity,
            @Nullable String plan,
            String expression) {}

    /** A type in an answer. */
    record TypeView(
            String id,
            String name,
            String description,
            @Nullable String category,
            int version,
            boolean managed,
            String identifier,
            @Nullable String parent,
            List<GroupView> groups,
            List<FieldView> fields,
            List<String> columns,
            List<String> filters,
            List<StateView> states,
            String initial,
            List<TransitionView> transitions,
            List<RuleView> rules,
            boolean duplicates,
            May may) {}

    @GetMapping
    @Permission("ledger:read")
    List<LedgerView> ledgers() {
        Actor actor = access.actor();
        return ledger.types().stream()
                .filter(t -> actor.may(t.readPermission()))
                .map(t -> view(t, actor))
                .toList();
    }

    private LedgerView view(LedgerType type, Actor actor) {
        Ledger.Totals totals = ledger.totals(type.id());
        return new LedgerView(
                type.id(),
                type.name().shown(),
                type.description().shown(),
                shown(type.category()),
                type.isManaged(),
                totals.entries(),
                totals.standardised(),
                totals.entries() == 0 ? null : (double) totals.standardised() / totals.entries(),
                may(type, actor));
    }

    private static May may(LedgerType type, Actor actor) {
        boolean writes = !type.isManaged() && actor.may(type.writePermission());
        return new May(writes, writes, actor.may("ledger:type"));
    }

    private static @Nullable String shown(@Nullable Words words) {
        return words == null ? null : words.shown();
    }

    @GetMapping("/{type}")
    @Permission("ledger:read")
    TypeView type(@PathVariable String type) {
        LedgerType found = ledger.type(type);
        Actor actor = access.actor();
        EntryRequests.requireRead(actor, found);
        List<FieldView> fields = FieldView.of(found, actor);
        return new TypeView(
                found.id(),
                found.name().shown(),
                found.description().shown(),
                shown(found.category()),
                versions.current(type),
                found.isManaged(),
                found.identifier(),
                found.parent(),
                found.groups().stream()
                        .map(g -> new GroupView(g.id(), g.name().shown(), shown(g.help())))
                        .toList(),
                fields,
                fields.stream().filter(FieldView::list).map(FieldView::id).toList(),
                fields.stream().filter(FieldView::filter).map(FieldView::id).toList(),
                found.states().stream()
                        .map(s -> new StateView(s.id(), s.name().shown(), s.isEnd()))
                        .toList(),
                found.initial(),
                found.transitions().stream().map(LedgerController::view).toList(),
                found.rules().stream().map(LedgerController::view).toList(),
                !found.duplicates().isEmpty(),
                may(found, actor));
    }

    private static TransitionView view(LedgerType.Transition each) {
        return new TransitionView(
                each.action(),
                each.name().shown(),
                each.from(),
                each.to(),
                each.needsReason(),
                each.needsSoundness(),
                each.gate());
    }

    private static RuleView view(Rule.Entry rule) {
        JsonNode detail = rule.detail();
        String severity =
                detail == null || !detail.hasNonNull("severity")
                        ? Finding.Severity.FINDING.name()
                        : detail.get("severity").asString();
        return new RuleView(
                rule.id(),
                rule.name().shown(),
                rule.description().shown(),
                rule.counted(),
                Finding.Severity.valueOf(severity),
                rule.plan(),
                rule.expression().strip());
    }
}

package cn.tiaoxi.platform.duplicate.web;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.duplicate.DuplicatePair;
import cn.tiaoxi.platform.duplicate.DuplicatePairs;
import cn.tiaoxi.platform.duplicate.Duplicates;
import cn.tiaoxi.platform.duplicate.ReasonViews;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which entries of a ledger something is like. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}")
class DuplicateController {
    private static final Slice ALL = new Slice(null, true, 200, null);

    private final Duplicates duplicates;
    private final DuplicatePairs pairs;
    private final Ledger ledger;
    private final Organisations organisations;
    private final Access access;
    private final ReasonViews reasons;

    DuplicateController(
            Duplicates duplicates,
            DuplicatePairs pairs,
            Ledger ledger,
            Organisations organisations,
            Access access,
            ReasonViews reasons) {
        this.duplicates = duplicates;
        this.pairs = pairs;
        this.ledger = ledger;
        this.organisations = organisations;
        this.access = access;
        this.reasons = reasons;
    }

    /** What somebody proposes, as far as it is filled in. */
    record ProposalForm(
            @Nullable String id,
            @Nullable String title,
            @Nullable String organisation,
            @Nullable Map<String, @Nullable Object> fields) {}

    /** An entry that it is like. */
    record SimilarView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            String link,
            double score,
            boolean alarm,
            DuplicatePair.@Nullable Decision decision,
            List<ReasonViews.ReasonView> reasons) {}

    /** What was found. */
    record AnswerView(int checked, double threshold, List<SimilarView> items, int hidden) {}

    @PostMapping("/duplicates")
    @Permission("ledger:read")
    AnswerView nearest(@PathVariable String type, @RequestBody ProposalForm form) {
        LedgerType definition = ledger.type(type);
        Actor actor = reader(definition);
        Map<String, @Nullable Object> fields = form.fields();
        Duplicates.Proposal proposal =
                new Duplicates.Proposal(
                        type,
                        form.id(),
                        form.title() == null ? "" : form.title(),
                        form.organisation() == null ? "" : form.organisation(),
                        fields == null ? Map.of() : fields);
        String id = form.id();
        return view(
                actor,
                definition,
                duplicates.nearest(proposal, visible(actor, definition)),
                id == null || !Identifiers.isIdentifier(id) ? Map.of() : decisions(type, id));
    }

    @GetMapping("/entries/{id}/duplicates")
    @Permission("ledger:read")
    AnswerView ofEntry(@PathVariable String type, @PathVariable String id) {
        LedgerType definition = ledger.type(type);
        Actor actor = reader(definition);
        Entry entry = ledger.get(type, id);
        access.require(definition.readPermission(), entry.organisation());
        return view(
                actor,
                definition,
                duplicates.nearest(entry, visible(actor, definition)),
                decisions(type, id));
    }

    private Actor reader(LedgerType type) {
        Actor actor = access.actor();
        if (!actor.may(type.readPermission())) {
            throw IdentityException.permissionMissing(type.readPermission(), "");
        }
        return actor;
    }

    private static Predicate<Entry> visible(Actor actor, LedgerType type) {
        return entry -> actor.may(type.readPermission(), entry.organisation());
    }

    /** What was decided on the pairs of an entry, by the other's identifier. */
    private Map<String, DuplicatePair.Decision> decisions(String type, String id) {
        Map<String, DuplicatePair.Decision> decisions = new HashMap<>();
        for (DuplicatePair pair : pairs.list(type, null, id, ALL).items()) {
            decisions.put(pair.first().equals(id) ? pair.second() : pair.first(), pair.decision());
        }
        return decisions;
    }

    private AnswerView view(
            Actor actor,
            LedgerType type,
            Duplicates.Answer answer,
            Map<String, DuplicatePair.Decision> decisions) {
        return new AnswerView(
                answer.checked(),
                answer.threshold(),
                answer.items().stream()
                        .map(s -> view(actor, type, s, decisions.get(s.entry().id())))
                        .toList(),
                answer.hidden());
    }

    private SimilarView view(
            Actor actor,
            LedgerType type,
            Duplicates.Similar similar,
            DuplicatePair.@Nullable Decision decision) {
        Entry entry = similar.entry();
        return new SimilarView(
                entry.id(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                ledger.link(entry),
                ReasonViews.rounded(similar.score()),
                similar.alarm(),
                decision,
                reasons.of(actor, type, similar));
    }
}

package cn.tiaoxi.platform.duplicate.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.duplicate.DuplicatePair;
import cn.tiaoxi.platform.duplicate.DuplicatePairs;
import cn.tiaoxi.platform.duplicate.ReasonViews;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Pairs of like entries, for people to decide on. */
@RestController
@RequestMapping("/api/v1/duplicates")
class PairController {
    private final DuplicatePairs pairs;
    private final Ledger ledger;
    private final Organisations organisations;
    private final Access access;
    private final ReasonViews reasons;

    PairController(
            DuplicatePairs pairs,
            Ledger ledger,
            Organisations organisations,
            Access access,
            ReasonViews reasons) {
        this.pairs = pairs;
        this.ledger = ledger;
        this.organisations = organisations;
        this.access = access;
        this.reasons = reasons;
    }

    /** One entry of a pair. */
    record EndView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            String link) {}

    /** Who decided, when and why. */
    record DecidedView(String username, String name, Instant time, String reason) {}

    /** A pair in an answer. */
    record PairView(
            String id,
            String type,
            String typeName,
            EndView first,
            EndView second,
            double score,
            List<ReasonViews.ReasonView> reasons,
            Instant found,
            boolean current,
            DuplicatePair.Decision decision,
            @Nullable DecidedView decided,
            boolean mayDecide,
            long version) {}

    /** What somebody says of a pair. */
    record DecisionForm(
            DuplicatePair.@NotNull Decision decision, @NotBlank @Size(max = 1000) String reason) {}

    @GetMapping
    @Permission("ledger:read")
    Page<PairView> list(
            @RequestParam(defaultValue = "") String type,
            @RequestParam(required = false) DuplicatePair.@Nullable Decision decision,
            @RequestParam(defaultValue = "") String entry,
            Slice slice) {
        Page<DuplicatePair> page = pairs.list(type, decision, entry, slice);
        Map<String, Set<String>> wanted = new HashMap<>();
        for (DuplicatePair pair : page.items()) {
            Set<String> ids = wanted.computeIfAbsent(pair.type(), t -> new HashSet<>());
            ids.add(pair.first());
            ids.add(pair.second());
        }
        Map<String, Entry> entries = new HashMap<>();
        wanted.forEach((of, ids) -> entries.putAll(ledger.all(of, ids)));
        Actor actor = access.actor();
        return page.map(p -> view(actor, p, entries));
    }

    @PostMapping("/{id}/decide")
    @Permission("ledger:write")
    ResponseEntity<PairView> decide(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody DecisionForm form) {
        DuplicatePair pair =
                pairs.decide(id, form.decision(), form.reason(), Versions.required(ifMatch));
        Map<String, Entry> entries = ledger.all(pair.type(), List.of(pair.first(), pair.second()));
        return Versions.tagged(view(access.actor(), pair, entries), pair.version());
    }

    private PairView view(Actor actor, DuplicatePair pair, Map<String, Entry> entries) {
        LedgerType type = ledger.type(pair.type());
        Entry first = entry(entries, pair.type(), pair.first());
        Entry second = entry(entries, pair.type(), pair.second());
        DuplicatePair.Decided decided = pair.decided();
        String write = type.writePermission();
        return new PairView(
                pair.id(),
                pair.type(),
                type.name().shown(),
                view(type, first),
                view(type, second),
                ReasonViews.rounded(pair.score()),
                reasons.of(actor, type, pair.reasons()),
                pair.found(),
                pair.current(),
                pair.decision(),
                decided == null
                        ? null
                        : new DecidedView(
                                decided.username(),
                                decided.name(),
                                decided.time(),
                                decided.reason()),
                actor.may(write, first.organisation()) || actor.may(write, second.organisation()),
                pair.version());
    }

    private Entry entry(Map<String, Entry> entries, String type, String id) {
        Entry entry = entries.get(id);
        return entry == null ? ledger.get(type, id) : entry;
    }

    private EndView view(LedgerType type, Entry entry) {
        return new EndView(
                entry.id(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                ledger.link(entry));
    }
}

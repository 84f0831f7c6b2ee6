package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.BulkChanges;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryLists;
import cn.tiaoxi.platform.ledger.LedgerType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Does one thing to many entries. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}/bulk")
class BulkController {
    private final BulkChanges bulk;
    private final EntryLists lists;
    private final EntryRequests requests;
    private final EntryViews views;
    private final Access access;

    BulkController(
            BulkChanges bulk,
            EntryLists lists,
            EntryRequests requests,
            EntryViews views,
            Access access) {
        this.bulk = bulk;
        this.lists = lists;
        this.requests = requests;
        this.views = views;
        this.access = access;
    }

    /**
     * What to do to which entries.
     *
     * @param ids those entries; or null
     * @param filter all that a list with this query shows; or null
     * @param preview whether nothing is written
     */
    record Wish(
            @Nullable @Size(max = 2000) List<String> ids,
            @Nullable @Size(max = 4000) String filter,
            @Nullable Map<String, @Nullable Object> fields,
            @Nullable @Size(max = 40) String action,
            @Nullable @Size(max = 40) String organisation,
            @NotBlank @Size(max = 1000) String reason,
            boolean preview) {}

    /** An entry that became different. */
    record Sample(String id, String code, String title, List<ChangeView.DifferenceView> changes) {}

    /** An entry that refused. */
    record Refused(String id, String code, String title, String message) {}

    /** What happened, or would happen. */
    record Outcome(
            String batch,
            int matched,
            int changed,
            int unchanged,
            int refusedCount,
            List<Sample> sample,
            List<Refused> refused) {}

    /** Why a batch is taken back. */
    record Reason(@NotBlank @Size(max = 1000) String reason) {}

    @PostMapping
    @Permission("ledger:write")
    Outcome change(@PathVariable String type, @Valid @RequestBody Wish wish) {
        LedgerType found = requests.unmanaged(type);
        return view(
                found,
                bulk.change(
                        access.actor(),
                        type,
                        chosen(found, wish),
                        new BulkChanges.Wish(
                                wish.fields(), wish.action(), wish.organisation(), wish.reason()),
                        wish.preview()));
    }

    private List<String> chosen(LedgerType type, Wish wish) {
        List<String> ids = wish.ids();
        if (ids != null && !ids.isEmpty()) {
            return ids;
        }
        String filter = wish.filter();
        if (filter == null) {
            return List.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        UriComponentsBuilder.newInstance()
                .query(filter.startsWith("?") ? filter.substring(1) : filter)
                .build()
                .getQueryParams()
                .forEach((name, values) -> parameters.put(name, decoded(values.getFirst())));
        String q = parameters.getOrDefault("q", "");
        return lists
                .page(
                        requests.filter(type, parameters),
                        q,
                        new Slice(null, true, BulkChanges.MOST + 1, null))
                .items()
                .stream()
                .map(Entry::id)
                .toList();
    }

    private static String decoded(@Nullable String value) {
        return value == null
                ? ""
                : java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    @PostMapping("/{batch}/undo")
    @Permission("ledger:write")
    Outcome undo(
            @PathVariable String type, @PathVariable String batch, @Valid @RequestBody Reason why) {
        LedgerType found = requests.unmanaged(type);
        return view(found, bulk.undo(access.actor(), type, batch, why.reason()));
    }

    private Outcome view(LedgerType type, BulkChanges.Outcome outcome) {
        return new Outcome(
                outcome.batch(),
                outcome.changed() + outcome.unchanged() + outcome.refusedCount(),
                outcome.changed(),
                outcome.unchanged(),
                outcome.refusedCount(),
                outcome.sample().stream()
                        .map(
                                c ->
                                        new Sample(
                                                c.entry().id(),
                                                c.entry().code(),
                                                c.entry().title(),
                                                ChangeView.of(type, c.changes())))
                        .toList(),
                outcome.refused().stream()
                        .map(r -> new Refused(r.id(), r.code(), r.title(), views.words(r.reason())))
                        .toList());
    }
}

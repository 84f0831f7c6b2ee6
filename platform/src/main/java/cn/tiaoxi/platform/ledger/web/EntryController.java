package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.ProblemDetails;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.EntryLists;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Transfers;
import cn.tiaoxi.platform.ledger.web.EntryViews.EntryDetail;
import cn.tiaoxi.platform.ledger.web.EntryViews.EntryView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Entries of all ledgers, whatever their type. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}")
class EntryController {
    private final Ledger ledger;
    private final EntryLists lists;
    private final Transfers transfers;
    private final EntryRequests requests;
    private final EntryViews views;
    private final Access access;
    private final Idempotency idempotency;
    private final ProblemDetails problems;
    private final EntryExport exports;

    EntryController(
            Ledger ledger,
            EntryLists lists,
            Transfers transfers,
            EntryRequests requests,
            EntryViews views,
            Access access,
            Idempotency idempotency,
            ProblemDetails problems,
            EntryExport exports) {
        this.ledger = ledger;
        this.lists = lists;
        this.transfers = transfers;
        this.requests = requests;
        this.views = views;
        this.access = access;
        this.idempotency = idempotency;
        this.problems = problems;
        this.exports = exports;
    }

    /** An entry to add; a code only for ledgers whose codes are given. */
    record NewEntry(
            @Nullable @Size(max = 100) String code,
            @NotBlank @Size(max = 20_000) String title,
            @NotBlank @Size(max = 40) String organisation,
            @Nullable Map<String, @Nullable Object> fields) {}

    /** Fields to change. */
    record EntryChange(
            @NotNull Map<String, @Nullable Object> fields,
            @Nullable @Size(max = 1000) String reason) {}

    /** What to do with an entry, and why. */
    record Act(
            @NotBlank @Size(max = 40) String action, @Nullable @Size(max = 1000) String reason) {}

    /** Why something is done. */
    record Reason(@Nullable @Size(max = 1000) String reason) {}

    /** The version to go back to, and why. */
    record Restore(long version, @Nullable @Size(max = 1000) String reason) {}

    /** Where an entry is to go, and why. */
    record Give(
            @NotBlank @Size(max = 40) String organisation,
            @Nullable @Size(max = 1000) String reason) {}

    /** An entry to look at before it is sent. */
    record Trial(
            @Nullable @Size(max = 40) String id,
            @Nullable String title,
            @Nullable @Size(max = 40) String organisation,
            @Nullable Map<String, @Nullable Object> fields) {}

    /** What is wrong with a field. */
    record Wrong(String field, String code, String message) {}

    /** What is wrong with an entry before it is sent. */
    record Checked(List<Wrong> errors, List<FindingView> findings) {}

    @GetMapping("/entries")
    @Permission("ledger:read")
    @Nullable Page<EntryView> entries(
            @PathVariable String type,
            @RequestParam Map<String, String> parameters,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        LedgerType found = requests.readable(type);
        EntryFilter filter = requests.filter(found, parameters);
        Actor actor = access.actor();
        if (export.wanted()) {
            exports.send(export, found, actor, slice, s -> lists.page(filter, q, s));
            return null;
        }
        Page<Entry> page = lists.page(filter, q, slice);
        return new Page<>(views.list(found, actor, page.items()), page.total(), page.next());
    }

    @GetMapping("/entries/{id}")
    @Permission("ledger:read")
    ResponseEntity<EntryDetail> entry(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Long version) {
        Entry entry = requests.readable(type, id);
        Entry shown = version == null ? entry : ledger.at(type, id, version);
        return tagged(shown);
    }

    private ResponseEntity<EntryDetail> tagged(Entry entry) {
        return Versions.tagged(views.detail(access.actor(), entry), entry.version());
    }

    @GetMapping("/entries/{id}/history")
    @Permission("ledger:read")
    Page<ChangeView> history(@PathVariable String type, @PathVariable String id, Slice slice) {
        Entry entry = requests.readable(type, id);
        LedgerType found = ledger.type(type);
        Actor actor = access.actor();
        return ledger.history(entry.id(), slice)
                .map(c -> FieldAccess.visible(actor, found, entry.organisation(), c))
                .map(c -> ChangeView.of(found, c));
    }

    @PostMapping("/check")
    @Permission("ledger:write")
    Checked check(@PathVariable String type, @Valid @RequestBody Trial trial, Locale locale) {
        LedgerType found = requests.unmanaged(type);
        String id = trial.id();
        Entry before = id == null || id.isBlank() ? null : requests.writable(type, id);
        String organisation =
                before != null ? before.organisation() : String.valueOf(trial.organisation());
        access.require(found.writePermission(), organisation);
        Map<String, @Nullable Object> fields = trial.fields();
        Map<String, @Nullable Object> given = fields == null ? Map.of() : fields;
        FieldAccess.requireWritable(access.actor(), found, organisation, given.keySet());
        Ledger.Trial checked = ledger.check(found.id(), before, trial.title(), organisation, given);
        return new Checked(
                checked.errors().stream().map(e -> wrong(e, locale)).toList(),
                FindingView.of(checked.findings()));
    }

    private Wrong wrong(FieldError error, Locale locale) {
        return new Wrong(error.field(), error.code(), problems.message(error, locale));
    }

    @PostMapping("/entries")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.CREATED)
    EntryDetail add(
            @PathVariable String type,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewEntry wanted) {
        LedgerType found = requests.unmanaged(type);
        Actor actor = access.require(found.writePermission(), wanted.organisation());
        Map<String, @Nullable Object> fields = wanted.fields();
        Map<String, @Nullable Object> given = fields == null ? Map.of() : fields;
        FieldAccess.requireWritable(actor, found, wanted.organisation(), given.keySet());
        return idempotency.once(
                key,
                actor.username(),
                "POST /ledgers/" + type,
                wanted,
                EntryDetail.class,
                () ->
                        views.detail(
                                actor,
                                ledger.add(
                                        Author.of(actor),
                                        new Ledger.NewEntry(
                                                type,
                                                null,
                                                wanted.code(),
                                                wanted.title(),
                                                wanted.organisation(),
                                                given,
                                                Map.of()))));
    }

    @PatchMapping("/entries/{id}")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> change(
            @PathVariable String type,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody EntryChange change) {
        Entry before = requests.writable(type, id);
        Actor actor = access.actor();
        FieldAccess.requireWritable(
                actor, ledger.type(type), before.organisation(), change.fields().keySet());
        return tagged(
                ledger.change(
                        Author.of(actor),
                        type,
                        id,
                        Versions.required(ifMatch),
                        change.fields(),
                        change.reason()));
    }

    @PostMapping("/entries/{id}/act")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> act(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Act act) {
        Entry before = requests.writable(type, id);
        ledger.type(type)
                .transition(act.action())
                .map(LedgerType.Transition::permission)
                .ifPresent(p -> access.require(p, before.organisation()));
        return tagged(ledger.move(Author.of(access.actor()), type, id, act.action(), act.reason()));
    }

    @PostMapping("/entries/{id}/restore")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> restore(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Restore wish) {
        Entry before = requests.writable(type, id);
        Actor actor = access.actor();
        LedgerType found = ledger.type(type);
        Set<String> hidden = new HashSet<>();
        for (LedgerType.Field field : found.fields()) {
            if (!FieldAccess.mayWrite(actor, found, field, before.organisation())) {
                hidden.add(field.id());
            }
        }
        return tagged(
                ledger.restore(Author.of(actor), type, id, wish.version(), hidden, wish.reason()));
    }

    @PostMapping("/entries/{id}/remove")
    @Permission("ledger:remove")
    ResponseEntity<EntryDetail> remove(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Reason why) {
        requests.unmanaged(type);
        Entry before = ledger.get(type, id);
        Actor actor = access.require("ledger:remove", before.organisation());
        return tagged(ledger.remove(Author.of(actor), type, id, why.reason()));
    }

    @PostMapping("/entries/{id}/bring-back")
    @Permission("ledger:remove")
    ResponseEntity<EntryDetail> bringBack(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Reason why) {
        requests.unmanaged(type);
        Entry before = ledger.get(type, id);
        Actor actor = access.require("ledger:remove", before.organisation());
        return tagged(ledger.bringBack(Author.of(actor), type, id, why.reason()));
    }

    @PostMapping("/entries/{id}/transfer")
    @Permission("ledger:write")
    ResponseEntity<EntryDetail> transfer(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Give give) {
        requests.writable(type, id);
        transfers.ask(access.actor(), type, id, give.organisation(), give.reason());
        return tagged(ledger.get(type, id));
    }
}

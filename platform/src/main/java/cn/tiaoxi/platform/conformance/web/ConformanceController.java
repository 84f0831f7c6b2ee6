package cn.tiaoxi.platform.conformance.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.conformance.Checklist;
import cn.tiaoxi.platform.conformance.Conformance;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Entry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether applications may go live. */
@RestController
@RequestMapping("/api/v1")
class ConformanceController {
    private static final String CHECKLIST = "/ledgers/application/entries/{id}/conformance";

    private final Conformance conformance;
    private final Organisations organisations;
    private final Access access;

    ConformanceController(Conformance conformance, Organisations organisations, Access access) {
        this.conformance = conformance;
        this.organisations = organisations;
        this.access = access;
    }

    /** An item in an answer. */
    record ItemView(
            String id,
            String name,
            String description,
            boolean mandatory,
            Checklist.Outcome outcome,
            @Nullable String message,
            @Nullable String mend,
            @Nullable String field,
            @Nullable String plan,
            @Nullable WaiverView waiver) {}

    /** A waiver in an answer. */
    record WaiverView(
            String item,
            String reason,
            LocalDate until,
            String byName,
            Instant given,
            @Nullable Instant withdrawn,
            @Nullable String withdrawnBy,
            @Nullable String withdrawnReason) {}

    /** A checklist in an answer. */
    record ChecklistView(
            String application,
            boolean conforms,
            int passed,
            int failed,
            int waived,
            int components,
            int used,
            List<ItemView> items,
            List<WaiverView> waivers,
            boolean mayWaive) {}

    /** An application in the list. */
    record RowView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            int passed,
            int failed,
            int waived,
            List<Named> hindering,
            int components,
            int used,
            boolean conforms,
            Instant computed,
            String link) {}

    /** An item by its name. */
    record Named(String id, String name) {}

    /** How far the applications are, and what is checked. */
    record Summary(
            long applications,
            long conforming,
            @Nullable Double rate,
            long components,
            long used,
            List<Named> items) {}

    /** Why an item is waived, and until when. */
    record WaiverForm(@Nullable @Size(max = 1000) String reason, @Nullable LocalDate until) {}

    /** Why a waiver is withdrawn. */
    record Reason(@Nullable @Size(max = 1000) String reason) {}

    @GetMapping("/conformance")
    @Permission("ledger:read")
    @Nullable Page<RowView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String item,
            @RequestParam(defaultValue = "") String outcome,
            Slice slice,
            Export export) {
        Conformance.Filter filter =
                new Conformance.Filter(reach(), q, organisation, state, item, outcome);
        Map<String, String> names = names();
        return export.answer(
                "conformance.list",
                slice,
                part -> conformance.list(filter, part).map(r -> view(r, names)),
                List.of(
                        new Export.Column<>("conformance.code", RowView::code),
                        new Export.Column<>("conformance.application", RowView::title),
                        new Export.Column<>(
                                "conformance.organisation", r -> r.organisation().name()),
                        new Export.Column<>("conformance.state", RowView::stateName),
                        new Export.Column<>("conformance.passed", RowView::passed),
                        new Export.Column<>("conformance.failed", RowView::failed),
                        new Export.Column<>("conformance.waived", RowView::waived),
                        new Export.Column<>(
                                "conformance.hindering",
                                r ->
                                        String.join(
                                                "、",
                                                r.hindering().stream()
                                                        .map(Named::name)
                                                        .toList()))));
    }

    private Set<String> reach() {
        return access.actor().reach("ledger:read");
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        conformance.items().forEach(i -> names.put(i.id(), i.name().shown()));
        return names;
    }

    @GetMapping("/conformance/summary")
    @Permission("ledger:read")
    Summary summary() {
        Conformance.Totals totals = conformance.totals(reach());
        return new Summary(
                totals.applications(),
                totals.conforming(),
                totals.applications() == 0
                        ? null
                        : (double) totals.conforming() / totals.applications(),
                totals.components(),
                totals.used(),
                conformance.items().stream()
                        .map(i -> new Named(i.id(), i.name().shown()))
                        .toList());
    }

    @GetMapping(CHECKLIST)
    @Permission("ledger:read")
    ChecklistView checklist(@PathVariable String id) {
        Entry application = conformance.application(id);
        return view(application, conformance.checklist(application));
    }

    @PutMapping(CHECKLIST + "/{item}/waiver")
    @Permission("conformance:waive")
    ChecklistView waive(
            @PathVariable String id,
            @PathVariable String item,
            @Valid @RequestBody WaiverForm given) {
        Checklist checklist = conformance.waive(id, item, given.reason(), given.until());
        return view(conformance.application(id), checklist);
    }

    @PostMapping(CHECKLIST + "/{item}/waiver/withdraw")
    @Permission("conformance:waive")
    ChecklistView withdraw(
            @PathVariable String id, @PathVariable String item, @Valid @RequestBody Reason given) {
        Checklist checklist = conformance.withdraw(id, item, given.reason());
        return view(conformance.application(id), checklist);
    }

    private ChecklistView view(Entry application, Checklist checklist) {
        return new ChecklistView(
                application.id(),
                checklist.conforms(),
                checklist.count(Checklist.Outcome.PASSED),
                checklist.count(Checklist.Outcome.FAILED)
                        + checklist.count(Checklist.Outcome.UNDECIDED),
                checklist.count(Checklist.Outcome.WAIVED),
                checklist.mandatory(),
                checklist.used(),
                checklist.items().stream().map(ConformanceController::view).toList(),
                conformance.waivers(application).stream()
                        .map(
                                g ->
                                        waiver(
                                                g.item(),
                                                g.waiver(),
                                                g.withdrawn(),
                                                g.withdrawnBy(),
                                                g.withdrawnReason()))
                        .toList(),
                access.actor().may("conformance:waive", application.organisation()));
    }

    private static ItemView view(Checklist.Item item) {
        Checklist.Waiver waiver = item.waiver();
        return new ItemView(
                item.id(),
                item.name().shown(),
                item.description().shown(),
                item.mandatory(),
                item.outcome(),
                shown(item.message()),
                shown(item.mend()),
                item.field(),
                item.plan(),
                waiver == null ? null : waiver(item.id(), waiver, null, null, null));
    }

    private static WaiverView waiver(
            String item,
            Checklist.Waiver waiver,
            @Nullable Instant withdrawn,
            @Nullable String withdrawnBy,
            @Nullable String withdrawnReason) {
        return new WaiverView(
                item,
                waiver.reason(),
                waiver.until(),
                waiver.byName(),
                waiver.given(),
                withdrawn,
                withdrawnBy,
                withdrawnReason);
    }

    private static @Nullable String shown(@Nullable Words words) {
        return words == null ? null : words.shown();
    }

    private RowView view(Conformance.Row row, Map<String, String> names) {
        return new RowView(
                row.entry(),
                row.code(),
                row.title(),
                organisations.named(row.organisation()),
                row.state(),
                conformance.stateName(row.state()),
                row.passed(),
                row.failed(),
                row.waived(),
                row.hindering().stream().map(i -> new Named(i, names.getOrDefault(i, i))).toList(),
                row.components(),
                row.used(),
                row.hindering().isEmpty(),
                row.computed(),
                conformance.link(row.entry()));
    }
}

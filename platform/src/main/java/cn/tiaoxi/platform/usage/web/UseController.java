package cn.tiaoxi.platform.usage.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.usage.Exemption;
import cn.tiaoxi.platform.usage.Exemptions;
import cn.tiaoxi.platform.usage.UsageTerms;
import cn.tiaoxi.platform.usage.Uses;
import cn.tiaoxi.platform.usage.web.UseViews.DayView;
import cn.tiaoxi.platform.usage.web.UseViews.GrantUseView;
import cn.tiaoxi.platform.usage.web.UseViews.StandingView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What grants are used for. */
@RestController
@RequestMapping("/api/v1/use")
class UseController {
    private final Uses uses;
    private final Exemptions exemptions;
    private final UsageTerms terms;
    private final UseViews views;
    private final Access access;

    UseController(
            Uses uses, Exemptions exemptions, UsageTerms terms, UseViews views, Access access) {
        this.uses = uses;
        this.exemptions = exemptions;
        this.terms = terms;
        this.views = views;
        this.access = access;
    }

    /** Leave to keep a grant unused. */
    record ExemptionView(LocalDate until, String reason, Instant given, String givenBy) {
        static @Nullable ExemptionView from(@Nullable Exemption exemption) {
            return exemption == null
                    ? null
                    : new ExemptionView(
                            exemption.until(),
                            exemption.reason(),
                            exemption.given(),
                            exemption.givenBy());
        }
    }

    /**
     * The use of one grant.
     *
     * @param windowDays length of the window of the rates
     */
    record UseView(
            @Nullable StandingView standing,
            List<DayView> days,
            @Nullable LocalDate idleSince,
            int idleLimit,
            int windowDays,
            @Nullable ExemptionView exemption,
            List<ReclaimViews.Row> cases,
            List<Allowed> allowed) {}

    /** Until when a grant is exempted, and why. */
    record ExemptionForm(@Nullable LocalDate until, @Nullable String reason) {}

    @GetMapping("/grants")
    @Permission("grant:read")
    @Nullable Page<GrantUseView> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(name = "interface", defaultValue = "") String lookup,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        Uses.Filter filter = new Uses.Filter(state, verdict, organisation, owner, lookup, q);
        return export.answer(
                "usage.grants",
                slice,
                part -> uses.list(filter, part).map(views::row),
                List.of(
                        new Export.Column<>("usage.column.interface", v -> v.lookup().name()),
                        new Export.Column<>(
                                "usage.column.application", v -> v.application().name()),
                        new Export.Column<>(
                                "usage.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("usage.column.owner", v -> v.owner().name()),
                        new Export.Column<>("usage.column.state", GrantUseView::state),
                        new Export.Column<>("usage.column.effective", GrantUseView::effective),
                        new Export.Column<>(
                                "usage.column.plausibleDays", GrantUseView::plausibleDays),
                        new Export.Column<>(
                                "usage.column.implausibleDays", GrantUseView::implausibleDays),
                        new Export.Column<>("usage.column.answered", GrantUseView::answered),
                        new Export.Column<>("usage.column.subjects", GrantUseView::subjects),
                        new Export.Column<>(
                                "usage.column.lastAnswered", GrantUseView::lastAnswered),
                        new Export.Column<>("usage.column.validUntil", GrantUseView::validUntil),
                        new Export.Column<>(
                                "usage.column.reasons",
                                v ->
                                        v.reasons().stream()
                                                .map(UseViews.ReasonView::text)
                                                .collect(Collectors.joining("；")))));
    }

    @GetMapping("/grants/{id}")
    @Permission("grant:read")
    UseView one(@PathVariable String id) {
        Uses.Use use = uses.of(id);
        boolean manages = access.actor().may("use:manage", use.grant().organisation());
        return new UseView(
                StandingView.from(use.standing()),
                use.days().stream().map(DayView::from).toList(),
                use.idleSince(),
                use.idleLimit(),
                terms.effective().days(),
                ExemptionView.from(use.exemption()),
                use.cases().stream().map(ReclaimViews.Row::from).toList(),
                List.of(
                        Allowed.of("exempt", manages ? null : "PERMISSION_MISSING"),
                        Allowed.of(
                                "endExemption",
                                manages
                                        ? Allowed.unless(
                                                use.exemption() != null, "EXEMPTION_NOT_FOUND")
                                        : "PERMISSION_MISSING")));
    }

    @PostMapping("/grants/{id}/exemption")
    @Permission("use:manage")
    UseView exempt(@PathVariable String id, @RequestBody ExemptionForm form) {
        exemptions.exempt(id, form.until(), form.reason());
        return one(id);
    }

    @PostMapping("/grants/{id}/exemption/end")
    @Permission("use:manage")
    UseView endExemption(@PathVariable String id) {
        exemptions.end(id);
        return one(id);
    }

    /** Counts all calls again from the trace. */
    @PostMapping("/recount")
    @Permission("use:manage")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void recount() {
        uses.recount();
    }
}

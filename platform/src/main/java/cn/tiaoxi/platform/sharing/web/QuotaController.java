package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.CallUse;
import cn.tiaoxi.platform.sharing.Quota;
import cn.tiaoxi.platform.sharing.Quotas;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Limits of applications, interfaces and organisations over all grants together. */
@RestController
@RequestMapping("/api/v1/quotas")
class QuotaController {
    private final Quotas quotas;
    private final Organisations organisations;

    QuotaController(Quotas quotas, Organisations organisations) {
        this.quotas = quotas;
        this.organisations = organisations;
    }

    /** A limit in an answer; where none is set only what was used is there. */
    record QuotaView(
            Quotas.Kind kind,
            Named subject,
            Organisations.@Nullable Named organisation,
            @Nullable Integer perSecond,
            @Nullable Long perDay,
            @Nullable Long perMonth,
            CallUse used,
            @Nullable String reason,
            @Nullable Instant changed,
            @Nullable String changedBy,
            List<Allowed> allowed,
            long version) {}

    /** A limit to set; a number left out means no limit. */
    record QuotaForm(
            @Nullable Integer perSecond,
            @Nullable Long perDay,
            @Nullable Long perMonth,
            @Nullable String reason) {}

    /** Why a limit is lifted. */
    record Reason(@Nullable String reason) {}

    @GetMapping
    @Permission("gateway:read")
    @Nullable Page<QuotaView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) Quotas.@Nullable Kind kind,
            Slice slice,
            Export export) {
        return export.answer(
                "sharing.quotas",
                slice,
                part -> quotas.list(q, kind, part).map(this::view),
                List.of(
                        new Export.Column<>("sharing.column.kind", v -> v.kind().name()),
                        new Export.Column<>("sharing.column.id", v -> v.subject().id()),
                        new Export.Column<>("sharing.column.name", v -> v.subject().name()),
                        new Export.Column<>("sharing.column.perSecond", QuotaView::perSecond),
                        new Export.Column<>("sharing.column.perDay", QuotaView::perDay),
                        new Export.Column<>("sharing.column.perMonth", QuotaView::perMonth),
                        new Export.Column<>("sharing.column.today", v -> v.used().today()),
                        new Export.Column<>("sharing.column.reason", QuotaView::reason),
                        new Export.Column<>("sharing.column.created", QuotaView::changed)));
    }

    /** The limit of one; without numbers where none is set. */
    @GetMapping("/{kind}/{subject}")
    @Permission("gateway:read")
    ResponseEntity<QuotaView> one(@PathVariable Quotas.Kind kind, @PathVariable String subject) {
        QuotaView view =
                quotas.find(kind, subject).map(this::view).orElseGet(() -> open(kind, subject));
        return Versions.tagged(view, view.version());
    }

    @PutMapping("/{kind}/{subject}")
    @Permission("interface:publish")
    ResponseEntity<QuotaView> set(
            @PathVariable Quotas.Kind kind,
            @PathVariable String subject,
            @RequestBody QuotaForm form,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Quota made =
                quotas.set(
                        kind,
                        subject,
                        new CallLimits(form.perSecond(), form.perDay(), form.perMonth()),
                        form.reason() == null ? "" : form.reason(),
                        ifMatch == null ? null : Versions.required(ifMatch));
        return Versions.tagged(view(made), made.version());
    }

    @PostMapping("/{kind}/{subject}/lift")
    @Permission("interface:publish")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(
            @PathVariable Quotas.Kind kind,
            @PathVariable String subject,
            @RequestBody(required = false) @Nullable Reason reason) {
        quotas.lift(
                kind, subject, reason == null || reason.reason() == null ? "" : reason.reason());
    }

    private QuotaView view(Quota quota) {
        return new QuotaView(
                quota.kind(),
                new Named(quota.subject(), quota.subjectName()),
                organisations.named(quota.organisation()),
                quota.limits().perSecond(),
                quota.limits().perDay(),
                quota.limits().perMonth(),
                quota.used(),
                quota.reason(),
                quota.changed(),
                quota.changedBy(),
                allowed(quota.kind(), quota.subject()),
                quota.version());
    }

    private QuotaView open(Quotas.Kind kind, String subject) {
        return new QuotaView(
                kind,
                new Named(subject, ""),
                null,
                null,
                null,
                null,
                quotas.used(kind, subject),
                null,
                null,
                null,
                allowed(kind, subject),
                0);
    }

    private List<Allowed> allowed(Quotas.Kind kind, String subject) {
        return List.of(Allowed.of("set", quotas.obstacle(kind, subject)));
    }
}

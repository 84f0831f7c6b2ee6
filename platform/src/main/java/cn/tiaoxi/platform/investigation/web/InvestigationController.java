package cn.tiaoxi.platform.investigation.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.investigation.Investigation;
import cn.tiaoxi.platform.investigation.Investigations;
import cn.tiaoxi.platform.investigation.web.InvestigationViews.DeliveryView;
import cn.tiaoxi.platform.investigation.web.InvestigationViews.InvestigationView;
import cn.tiaoxi.platform.sharing.SubjectKeyRotation;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who received what: asked, consented to, answered. */
@RestController
@RequestMapping("/api/v1")
class InvestigationController {
    private final Investigations investigations;
    private final InvestigationViews views;
    private final SubjectKeys keys;
    private final SubjectKeyRotation rotation;

    InvestigationController(
            Investigations investigations,
            InvestigationViews views,
            SubjectKeys keys,
            SubjectKeyRotation rotation) {
        this.investigations = investigations;
        this.views = views;
        this.keys = keys;
        this.rotation = rotation;
    }

    /** A question about a subject. */
    record SubjectForm(
            @Nullable String kind,
            @Nullable String value,
            @Nullable String dataset,
            @Nullable String reason,
            @Nullable String basis) {}

    /** A question about a leaked file. */
    record LeakForm(@Nullable String dataset, @Nullable String reason, @Nullable String basis) {}

    /** What the second person says. */
    record ConsentForm(@NotNull Boolean agreed, @Nullable String reason) {}

    /** Why something is done. */
    record ReasonForm(@Nullable String reason) {}

    @GetMapping("/investigations")
    @Permission("investigation:read")
    @Nullable Page<InvestigationView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String state,
            Slice slice,
            Export export) {
        return export.answer(
                "investigations",
                slice,
                part -> investigations.list(q, type, state, part).map(views::view),
                List.of(
                        new Export.Column<>(
                                "investigation.column.number", InvestigationView::number),
                        new Export.Column<>("investigation.column.type", v -> v.type().name()),
                        new Export.Column<>("investigation.column.state", v -> v.state().name()),
                        new Export.Column<>(
                                "investigation.column.reason", InvestigationView::reason),
                        new Export.Column<>("investigation.column.basis", InvestigationView::basis),
                        new Export.Column<>("investigation.column.grade", InvestigationView::grade),
                        new Export.Column<>(
                                "investigation.column.openedBy", v -> v.openedBy().name()),
                        new Export.Column<>(
                                "investigation.column.opened", InvestigationView::opened),
                        new Export.Column<>(
                                "investigation.column.finished", InvestigationView::finished)));
    }

    /** The kinds of subjects that can be asked about. */
    @GetMapping("/subject-kinds")
    @Permission("investigation:read")
    Map<String, List<String>> kinds() {
        return Map.of("items", investigations.kinds());
    }

    @PostMapping("/investigations/subject")
    @Permission("investigation:run")
    ResponseEntity<InvestigationView> askSubject(@RequestBody SubjectForm form) {
        return created(
                investigations.askSubject(
                        text(form.kind()),
                        text(form.value()),
                        text(form.dataset()),
                        text(form.reason()),
                        text(form.basis())));
    }

    @PostMapping("/investigations/leak")
    @Permission("investigation:run")
    ResponseEntity<InvestigationView> askLeak(@RequestBody LeakForm form) {
        return created(
                investigations.askLeak(
                        text(form.dataset()), text(form.reason()), text(form.basis())));
    }

    /** Takes the request's body as the leaked file. */
    @PostMapping(
            path = "/investigations/{id}/file",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Permission("investigation:run")
    InvestigationView receive(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String fileName,
            HttpServletRequest request)
            throws IOException {
        investigations.receive(
                id, fileName, request.getInputStream(), request.getContentLengthLong());
        return views.view(investigations.get(id));
    }

    /** One of them; that what it found was looked at is put into the trace. */
    @GetMapping("/investigations/{id}")
    @Permission("investigation:read")
    InvestigationView one(@PathVariable String id) {
        Investigation each = investigations.get(id);
        if (each.state() == Investigation.State.DONE) {
            investigations.viewed(each);
        }
        return views.view(each);
    }

    @GetMapping("/investigations/{id}/deliveries")
    @Permission("investigation:read")
    @Nullable Page<DeliveryView> deliveries(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String application,
            Slice slice,
            Export export) {
        Investigation each = investigations.get(id);
        return export.answer(
                "deliveries",
                slice,
                part -> investigations.found(each, application, part).map(views::view),
                List.of(
                        new Export.Column<>("investigation.column.time", DeliveryView::time),
                        new Export.Column<>(
                                "investigation.column.application", d -> d.application().name()),
                        new Export.Column<>(
                                "investigation.column.organisation", d -> d.organisation().name()),
                        new Export.Column<>(
                                "investigation.column.interface", d -> d.calledInterface().name()),
                        new Export.Column<>("investigation.column.purpose", DeliveryView::purpose),
                        new Export.Column<>("investigation.column.grant", DeliveryView::grant),
                        new Export.Column<>("investigation.column.request", DeliveryView::request),
                        new Export.Column<>(
                                "investigation.column.fields", d -> String.join(",", d.fields())),
                        new Export.Column<>("investigation.column.rows", DeliveryView::rows),
                        new Export.Column<>(
                                "investigation.column.subjects", DeliveryView::subjects),
                        new Export.Column<>("investigation.column.record", DeliveryView::record)));
    }

    @PostMapping("/investigations/{id}/consent")
    @Permission("investigation:consent")
    InvestigationView consent(@PathVariable String id, @RequestBody ConsentForm form) {
        investigations.consent(id, Boolean.TRUE.equals(form.agreed()), text(form.reason()));
        return views.view(investigations.get(id));
    }

    @PostMapping("/investigations/{id}/cancellation")
    @Permission("investigation:run")
    InvestigationView cancel(@PathVariable String id) {
        investigations.cancel(id);
        return views.view(investigations.get(id));
    }

    @GetMapping("/subject-keys")
    @Permission("investigation:keys")
    Map<String, List<SubjectKeys.Known>> keys() {
        return Map.of("items", keys.all());
    }

    @PostMapping("/subject-keys/rotation")
    @Permission("investigation:keys")
    SubjectKeys.Known rotate(@RequestBody ReasonForm form) {
        return rotation.rotate(text(form.reason()));
    }

    private ResponseEntity<InvestigationView> created(String id) {
        return ResponseEntity.created(URI.create("/api/v1/investigations/" + id))
                .body(views.view(investigations.get(id)));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }
}

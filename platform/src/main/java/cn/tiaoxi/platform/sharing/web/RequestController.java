package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Precedents;
import cn.tiaoxi.platform.sharing.Request;
import cn.tiaoxi.platform.sharing.Requests;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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

/** Requests for data and their decisions. */
@RestController
@RequestMapping("/api/v1/requests")
class RequestController {
    private final Requests requests;
    private final RequestViews views;
    private final Precedents precedents;
    private final PrecedentViews likenesses;
    private final Idempotency idempotency;
    private final Access access;

    RequestController(
            Requests requests,
            RequestViews views,
            Precedents precedents,
            PrecedentViews likenesses,
            Idempotency idempotency,
            Access access) {
        this.requests = requests;
        this.views = views;
        this.precedents = precedents;
        this.likenesses = likenesses;
        this.idempotency = idempotency;
        this.access = access;
    }

    /** A request as far as it is written. */
    record DraftForm(
            @JsonProperty("interface") @NotBlank String lookup,
            @Nullable String request,
            @Nullable String application,
            @Nullable @Size(max = 500) List<@NotBlank String> fields,
            @Nullable @Size(max = 2000) String purpose,
            @Nullable @Size(max = 2000) String matter) {

        Precedents.Draft draft() {
            return new Precedents.Draft(
                    lookup,
                    request,
                    application == null ? "" : application,
                    fields == null ? List.of() : fields,
                    purpose == null ? "" : purpose,
                    matter == null ? "" : matter);
        }
    }

    /** Why a request is withdrawn. */
    record Reason(@Nullable String reason) {}

    @PostMapping("/assessment")
    @Permission("request:create")
    RequestViews.AssessmentView assess(@Valid @RequestBody RequestForm form) {
        return views.view(requests.assess(form.body()));
    }

    @PostMapping("/similar")
    @Permission("request:create")
    PrecedentViews.PrecedentsView similar(@Valid @RequestBody DraftForm form, Locale locale) {
        Precedents.Draft draft = form.draft();
        return likenesses.view(
                draft, precedents.datasets(draft), precedents.requests(draft), locale);
    }

    @PostMapping
    @Permission("request:create")
    ResponseEntity<RequestViews.RequestView> submit(
            @Valid @RequestBody RequestForm form,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        String id =
                idempotency.once(
                        key,
                        access.actor().username(),
                        "POST /requests",
                        form,
                        String.class,
                        () -> requests.submit(form.body()).id());
        Request made = requests.get(id);
        return ResponseEntity.created(URI.create("/api/v1/requests/" + id))
                .eTag("\"" + made.version() + "\"")
                .body(views.whole(made));
    }

    @GetMapping
    @Permission("request:read")
    @Nullable Page<RequestViews.RequestView> list(
            @RequestParam(defaultValue = "all") String box,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        Requests.Filter filter = new Requests.Filter(box, state, overdue, q);
        return export.answer(
                "sharing.requests",
                slice,
                part -> requests.list(filter, part).map(views::row),
                List.of(
                        new Export.Column<>(
                                "sharing.column.number", RequestViews.RequestView::number),
                        new Export.Column<>("sharing.column.state", v -> v.state().name()),
                        new Export.Column<>("sharing.column.dataset", v -> v.dataset().title()),
                        new Export.Column<>("sharing.column.interface", v -> v.lookup().name()),
                        new Export.Column<>(
                                "sharing.column.application", v -> v.application().name()),
                        new Export.Column<>(
                                "sharing.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("sharing.column.owner", v -> v.owner().name()),
                        new Export.Column<>(
                                "sharing.column.purpose", RequestViews.RequestView::purpose),
                        new Export.Column<>(
                                "sharing.column.created", RequestViews.RequestView::created),
                        new Export.Column<>("sharing.column.due", RequestViews.RequestView::due)));
    }

    @GetMapping("/{id}")
    @Permission("request:read")
    ResponseEntity<RequestViews.RequestView> one(@PathVariable String id) {
        return answer(requests.get(id));
    }

    @PostMapping("/{id}/decision")
    @Permission("request:decide")
    ResponseEntity<RequestViews.RequestView> decide(
            @PathVariable String id,
            @Valid @RequestBody DecisionForm form,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(
                requests.decide(
                        id, form.verdict(), ifMatch == null ? null : Versions.required(ifMatch)));
    }

    @PostMapping("/{id}/withdraw")
    @Permission("request:create")
    ResponseEntity<RequestViews.RequestView> withdraw(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        String text = reason == null || reason.reason() == null ? "" : reason.reason();
        return answer(requests.withdraw(id, text));
    }

    @PostMapping("/{id}/resubmit")
    @Permission("request:create")
    ResponseEntity<RequestViews.RequestView> resubmit(
            @PathVariable String id, @Valid @RequestBody RequestForm form) {
        return answer(requests.resubmit(id, form.body()));
    }

    private ResponseEntity<RequestViews.RequestView> answer(Request request) {
        return Versions.tagged(views.whole(request), request.version());
    }
}

package cn.tiaoxi.platform.proof.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.proof.Happening;
import cn.tiaoxi.platform.proof.ProofNames;
import cn.tiaoxi.platform.proof.Proofs;
import cn.tiaoxi.platform.proof.Timelines;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/** The trace: logs, records, proofs. */
@RestController
@RequestMapping("/api/v1/trace")
class TraceController {
    private final Access access;
    private final Proofs proofs;
    private final Timelines timelines;
    private final ProofNames names;
    private final Organisations organisations;

    TraceController(
            Access access,
            Proofs proofs,
            Timelines timelines,
            ProofNames names,
            Organisations organisations) {
        this.access = access;
        this.proofs = proofs;
        this.timelines = timelines;
        this.names = names;
        this.organisations = organisations;
    }

    /** A record in an answer; its names are those of now, the rest is what the log keeps. */
    record RecordView(
            String id,
            Instant time,
            String kind,
            String actor,
            String actorName,
            Organisations.Named organisation,
            String action,
            String object,
            String objectName,
            String outcome,
            Map<String, String> detail,
            String origin,
            @Nullable Long index) {}

    /**
     * A record with its proof in an answer; without one while it is on its way into the log.
     *
     * @param leaf the bytes that the log keeps, as text
     * @param leafHash hash of the leaf (RFC 6962), hexadecimal
     * @param proof sibling hashes from the leaf up, hexadecimal
     * @param checkpoint the checkpoint's text: origin, size, root
     */
    record ProvedView(
            @JsonUnwrapped RecordView record,
            @Nullable String leaf,
            @Nullable String leafHash,
            List<String> proof,
            @Nullable String checkpoint,
            boolean verified) {}

    /**
     * A part of a timeline in an answer.
     *
     * @param id user name of a person, identifier of any other
     * @param name what it is called now, empty where it has no name
     * @param next cursor of what was before, null at the beginning
     */
    record TimelineView(
            Timelines.Kind kind,
            String id,
            String name,
            List<RecordView> items,
            @Nullable String next) {}

    @GetMapping("/logs")
    @Permission("trace:read")
    Map<String, List<Logs.Known>> logs() {
        return Map.of("items", proofs.logs());
    }

    /**
     * What was found about an incident.
     *
     * @param reason for the trace
     */
    record ReasonForm(@NotBlank @Size(max = 1000) String reason) {}

    /** Takes note of what a log did wrong; until then the log stays marked. */
    @PostMapping("/incidents/{id}/acknowledgement")
    @Permission("investigation:run")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void acknowledge(@PathVariable UUID id, @Valid @RequestBody ReasonForm form) {
        proofs.acknowledge(access.actor(), id, form.reason());
    }

    @GetMapping("/records")
    @Permission("trace:read")
    Page<RecordView> records(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String object,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            Slice slice) {
        Map<String, String> equal =
                Map.of(
                        "kind", kind,
                        "actor", actor,
                        "organisation", organisation,
                        "object", object,
                        "action", action,
                        "outcome", outcome);
        return proofs.happenings(access.actor(), new Proofs.Search(equal, q, from, to), slice)
                .map(this::view);
    }

    @GetMapping("/records/{id}")
    @Permission("trace:read")
    ProvedView one(@PathVariable String id) {
        Happening happening = proofs.happening(access.actor(), id);
        RecordView view = view(happening);
        return proofs.prove(happening)
                .map(
                        p ->
                                new ProvedView(
                                        view,
                                        p.leaf(),
                                        p.leafHash(),
                                        p.path(),
                                        p.checkpoint(),
                                        p.verified()))
                .orElse(new ProvedView(view, null, null, List.of(), null, false));
    }

    /** What happened with a person, an application, a dataset or a grant, the newest first. */
    @GetMapping("/timeline")
    @Permission("trace:read")
    TimelineView timeline(
            @RequestParam(defaultValue = "") String about,
            @RequestParam(defaultValue = "") List<String> kind,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            Slice slice) {
        Timelines.About wanted = Timelines.About.parse(about);
        Page<RecordView> page =
                timelines.about(access.actor(), wanted, kind, from, to, slice).map(this::view);
        return new TimelineView(
                wanted.kind(), wanted.id(), names.about(wanted), page.items(), page.next());
    }

    private RecordView view(Happening h) {
        return new RecordView(
                h.id(),
                h.time(),
                h.kind(),
                h.actor(),
                names.actor(h),
                organisations.named(h.organisation()),
                h.action(),
                h.object(),
                names.object(h),
                h.outcome(),
                h.detail(),
                h.origin(),
                h.index());
    }
}

package cn.tiaoxi.platform.proof.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.proof.Call;
import cn.tiaoxi.platform.proof.CallStory;
import cn.tiaoxi.platform.proof.Disclosure;
import cn.tiaoxi.platform.proof.ProofNames;
import cn.tiaoxi.platform.proof.Proofs;
import cn.tiaoxi.platform.proof.Stories;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls through the gateways, and what of a dataset went to whom. */
@RestController
@RequestMapping("/api/v1")
class CallController {
    private final Access access;
    private final Proofs proofs;
    private final Stories stories;
    private final ProofNames names;
    private final Organisations organisations;

    CallController(
            Access access,
            Proofs proofs,
            Stories stories,
            ProofNames names,
            Organisations organisations) {
        this.access = access;
        this.proofs = proofs;
        this.stories = stories;
        this.names = names;
        this.organisations = organisations;
    }

    /** Something with an identifier and a name. */
    record Named(String id, String name) {}

    /** A call in an answer. */
    record CallView(
            String id,
            String request,
            Instant time,
            Named application,
            Organisations.Named organisation,
            @com.fasterxml.jackson.annotation.JsonProperty("interface") Named calledInterface,
            Named dataset,
            String grant,
            String purpose,
            String matter,
            List<String> fields,
            long rows,
            long bytes,
            String outcome,
            int status,
            double milliseconds,
            String address,
            String key,
            String ended,
            long overReturned) {}

    /**
     * A call in an answer, with how it came to its end.
     *
     * @param ingested whether the platform has checked its record; else the gateway told it
     */
    record StoryView(
            @com.fasterxml.jackson.annotation.JsonUnwrapped CallView call,
            long policy,
            String style,
            List<CallStory.Stage> stages,
            boolean ingested) {}

    /** What one grant's calls took, in an answer. */
    record DisclosureView(
            String grant,
            Named application,
            Organisations.Named organisation,
            String purpose,
            List<String> fields,
            long calls,
            long rows,
            long refused,
            @Nullable Instant first,
            @Nullable Instant last) {}

    @GetMapping("/calls")
    @Permission("trace:read")
    Page<CallView> calls(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String application,
            @RequestParam(name = "interface", defaultValue = "") String calledInterface,
            @RequestParam(defaultValue = "") String dataset,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String grant,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            Slice slice) {
        Map<String, String> equal = new HashMap<>();
        equal.put("application", application);
        equal.put("interface", calledInterface);
        equal.put("dataset", dataset);
        equal.put("organisation", organisation);
        equal.put("outcome", outcome);
        equal.put("sharing_grant", grant);
        return proofs.calls(access.actor(), new Proofs.Search(equal, q, from, to), slice)
                .map(this::view);
    }

    /** One call by its record's identifier, which the caller was told, with its story. */
    @GetMapping("/calls/{id}")
    @Permission("trace:read")
    StoryView call(@PathVariable String id) {
        CallStory story = stories.story(access.actor(), id);
        return new StoryView(
                view(story.call()),
                story.policy(),
                story.style(),
                story.stages(),
                story.ingested());
    }

    @GetMapping("/datasets/{id}/disclosures")
    @Permission("dataset:read")
    Map<String, List<DisclosureView>> disclosures(@PathVariable String id) {
        return Map.of(
                "items", proofs.disclosures(access.actor(), id).stream().map(this::view).toList());
    }

    private CallView view(Call call) {
        return new CallView(
                call.id(),
                call.request(),
                call.time(),
                new Named(call.application(), names.application(call.application())),
                organisations.named(call.organisation()),
                new Named(call.interfaceId(), names.calledInterface(call.interfaceId())),
                new Named(call.dataset(), names.dataset(call.dataset())),
                call.grant(),
                call.purpose(),
                call.matter(),
                call.fields(),
                call.rows(),
                call.bytes(),
                call.outcome(),
                call.status(),
                call.milliseconds(),
                call.address(),
                call.key(),
                call.ended(),
                call.overReturned());
    }

    private DisclosureView view(Disclosure d) {
        return new DisclosureView(
                d.grant(),
                new Named(d.application(), names.application(d.application())),
                organisations.named(d.organisation()),
                d.purpose(),
                d.fields(),
                d.calls(),
                d.rows(),
                d.refused(),
                d.first(),
                d.last());
    }
}

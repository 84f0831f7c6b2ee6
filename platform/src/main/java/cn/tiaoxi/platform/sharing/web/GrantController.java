package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.CallUse;
import cn.tiaoxi.platform.sharing.Gateways;
import cn.tiaoxi.platform.sharing.Grant;
import cn.tiaoxi.platform.sharing.Grants;
import cn.tiaoxi.platform.sharing.MadeFile;
import cn.tiaoxi.platform.sharing.MadeFiles;
import cn.tiaoxi.platform.sharing.Quotas;
import cn.tiaoxi.platform.sharing.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Grants that were given and received. */
@RestController
@RequestMapping("/api/v1/grants")
class GrantController {
    private final Grants grants;
    private final Gateways gateways;
    private final Revocations revocations;
    private final Organisations organisations;
    private final Quotas quotas;
    private final MadeFiles files;
    private final Clock clock;

    GrantController(
            Grants grants,
            Gateways gateways,
            Revocations revocations,
            Organisations organisations,
            Quotas quotas,
            MadeFiles files,
            Clock clock) {
        this.grants = grants;
        this.gateways = gateways;
        this.revocations = revocations;
        this.organisations = organisations;
        this.quotas = quotas;
        this.files = files;
        this.clock = clock;
    }

    /** The dataset behind a grant. */
    record DatasetRef(String id, String title) {}

    /** The end of a grant before its time. */
    record RevokedView(Named by, Instant time, String reason) {}

    /** When a gateway put a revocation into force, and how long after its commit. */
    record EnforcedView(String gateway, Instant time, long milliseconds) {}

    /** A grant in an answer. */
    record GrantView(
            String id,
            @Nullable String request,
            Named application,
            Organisations.Named organisation,
            Organisations.Named owner,
            @com.fasterxml.jackson.annotation.JsonProperty("interface") Named lookup,
            DatasetRef dataset,
            List<String> fields,
            Map<String, Mask> masks,
            String purpose,
            int perSecond,
            long perDay,
            @Nullable Long inAll,
            boolean exports,
            CallUse used,
            Instant validFrom,
            Instant validUntil,
            boolean trial,
            Grant.State state,
            @Nullable RevokedView revoked,
            List<EnforcedView> enforced,
            long calls,
            @Nullable Instant lastCall,
            List<Allowed> allowed,
            long version) {}

    /** Why a grant is taken back. */
    record Reason(@Nullable String reason) {}

    @GetMapping
    @Permission("grant:read")
    @Nullable Page<GrantView> list(
            @RequestParam(defaultValue = "all") String box,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String dataset,
            @RequestParam(name = "interface", defaultValue = "") String lookup,
            @RequestParam(defaultValue = "") String application,
            Slice slice,
            Export export) {
        Grants.Filter filter = new Grants.Filter(box, state, dataset, lookup, application);
        return export.answer(
                "sharing.grants",
                slice,
                part -> grants.list(filter, part).map(this::view),
                List.of(
                        new Export.Column<>("sharing.column.dataset", v -> v.dataset().title()),
                        new Export.Column<>("sharing.column.interface", v -> v.lookup().name()),
                        new Export.Column<>(
                                "sharing.column.application", v -> v.application().name()),
                        new Export.Column<>(
                                "sharing.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("sharing.column.owner", v -> v.owner().name()),
                        new Export.Column<>("sharing.column.purpose", GrantView::purpose),
                        new Export.Column<>("sharing.column.state", v -> v.state().name()),
                        new Export.Column<>("sharing.column.validUntil", GrantView::validUntil),
                        new Export.Column<>("sharing.column.calls", GrantView::calls)));
    }

    @GetMapping("/{id}")
    @Permission("grant:read")
    ResponseEntity<GrantView> one(@PathVariable String id) {
        return answer(grants.get(id));
    }

    /** The newest files that were made under the grant. */
    @GetMapping("/{id}/files")
    @Permission("grant:read")
    List<MadeFile> files(@PathVariable String id) {
        return files.of(grants.get(id));
    }

    @PostMapping("/{id}/revoke")
    @Permission("grant:revoke")
    ResponseEntity<GrantView> revoke(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        String text = reason == null || reason.reason() == null ? "" : reason.reason();
        return answer(grants.revoke(id, text));
    }

    private ResponseEntity<GrantView> answer(Grant grant) {
        return Versions.tagged(view(grant), grant.version());
    }

    private GrantView view(Grant grant) {
        Grant.Revocation revoked = grant.revoked();
        return new GrantView(
                grant.id(),
                grant.request(),
                new Named(grant.application(), grant.applicationName()),
                organisations.named(grant.organisation()),
                organisations.named(grant.owner()),
                new Named(grant.interfaceId(), grant.interfaceName()),
                new DatasetRef(grant.dataset(), grant.datasetTitle()),
                grant.fields(),
                grant.masks(),
                grant.purpose(),
                grant.perSecond(),
                grant.perDay(),
                grant.inAll(),
                grant.exports(),
                quotas.used(Quotas.Kind.GRANT, grant.id()),
                grant.validFrom(),
                grant.validUntil(),
                grant.trial(),
                grant.state(clock.instant()),
                revoked == null
                        ? null
                        : new RevokedView(
                                new Named("", revoked.byName()), revoked.time(), revoked.reason()),
                revoked == null ? List.of() : enforced(revoked),
                grant.calls(),
                grant.lastCall(),
                List.of(Allowed.of("revoke", grants.obstacle(grant))),
                grant.version());
    }

    private List<EnforcedView> enforced(Grant.Revocation revoked) {
        Instant known = revocations.committed(revoked.policyVersion());
        Instant committed = known == null ? revoked.time() : known;
        return gateways.enforced(revoked.policyVersion()).stream()
                .map(
                        e ->
                                new EnforcedView(
                                        e.gateway(),
                                        e.time(),
                                        Math.max(
                                                0,
                                                Duration.between(committed, e.time()).toMillis())))
                .toList();
    }
}

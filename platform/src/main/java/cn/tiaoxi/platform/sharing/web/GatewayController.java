package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Gateways;
import cn.tiaoxi.platform.sharing.Policies;
import cn.tiaoxi.platform.sharing.PolicyAnswer;
import cn.tiaoxi.platform.sharing.Revocations;
import cn.tiaoxi.platform.sharing.SharingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What gateways get and tell, and how people see them. */
@RestController
class GatewayController {
    private static final String BECAUSE = "gateways show a token of their own";
    private static final String BEARER = "Bearer ";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    private static final int DAYS = 30;

    private final Policies policies;
    private final Gateways gateways;
    private final Revocations revocations;

    GatewayController(Policies policies, Gateways gateways, Revocations revocations) {
        this.policies = policies;
        this.gateways = gateways;
        this.revocations = revocations;
    }

    /** A gateway in an answer. */
    record GatewayView(
            String id,
            String address,
            long policyVersion,
            long currentVersion,
            Instant policyApplied,
            String traceOrigin,
            long traceSize,
            long ingested,
            Instant started,
            Instant lastSeen,
            Gateways.State state,
            Gateways.@Nullable Refused refused) {}

    /**
     * What changed since the policy that a gateway holds, as soon as there is something, or all;
     * 204 if nothing came in time. The answer is a signed policy in its own format.
     *
     * @param after the version in force there
     * @param digest of what it holds; without it the whole is sent at once
     */
    @GetMapping(path = "/gateway-control/v1/policy", produces = SignedPolicy.MEDIA_TYPE)
    @OpenToAll(because = BECAUSE)
    ResponseEntity<Resource> policy(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "") String digest,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token)
            throws InterruptedException, IOException {
        check(token);
        PolicyAnswer answer = policies.after(after, digest, LONGEST_WAIT).orElse(null);
        if (answer == null) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentLength(answer.bytes())
                .body(new InputStreamResource(answer.open()));
    }

    /** Takes what a gateway tells about itself. */
    @PostMapping("/gateway-control/v1/heartbeat")
    @OpenToAll(because = BECAUSE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void heartbeat(
            @RequestBody GatewayHeartbeat beat,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token) {
        check(token);
        gateways.heard(beat);
    }

    private void check(@Nullable String header) {
        if (header == null
                || !header.startsWith(BEARER)
                || !gateways.knows(header.substring(BEARER.length()).strip())) {
            throw SharingException.gatewayTokenWrong();
        }
    }

    @GetMapping("/api/v1/gateways")
    @Permission("gateway:read")
    Map<String, List<GatewayView>> gateways() {
        long current = policies.version();
        return Map.of(
                "items",
                gateways.all().stream()
                        .map(
                                g ->
                                        new GatewayView(
                                                g.id(),
                                                g.address(),
                                                g.policyVersion(),
                                                current,
                                                g.policyApplied(),
                                                g.traceOrigin(),
                                                g.traceSize(),
                                                g.ingested(),
                                                g.started(),
                                                g.lastSeen(),
                                                g.state(),
                                                g.refused()))
                        .toList());
    }

    /** How long revocations of the last 30 days took to be in force at the gateways. */
    @GetMapping("/api/v1/gateways/revocations")
    @Permission("gateway:read")
    Revocations.Summary revocations() {
        return revocations.last(DAYS);
    }
}

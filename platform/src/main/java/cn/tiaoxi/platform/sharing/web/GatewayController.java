package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Gateways;
import cn.tiaoxi.platform.sharing.Policies;
import cn.tiaoxi.platform.sharing.SharingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private final Policies policies;
    private final Gateways gateways;

    GatewayController(Policies policies, Gateways gateways) {
        this.policies = policies;
        this.gateways = gateways;
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
            Gateways.State state) {}

    /** The policy as soon as it is newer than the one in force; 204 if none came in time. */
    @GetMapping("/gateway-control/v1/policy")
    @OpenToAll(because = BECAUSE)
    ResponseEntity<SignedPolicy> policy(
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token)
            throws InterruptedException {
        check(token);
        return policies.after(after, LONGEST_WAIT)
                .map(p -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(p))
                .orElseGet(() -> ResponseEntity.noContent().build());
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
                                                g.state()))
                        .toList());
    }
}

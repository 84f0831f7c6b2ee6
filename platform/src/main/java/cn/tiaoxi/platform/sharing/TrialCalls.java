package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls interfaces through the gateway for people who try them out on the pages. */
@Service
public class TrialCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLICY_PATIENCE = Duration.ofSeconds(3);
    private static final int PAGE = 20;

    private final Interfaces interfaces;
    private final Applications applications;
    private final ApplicationStore keys;
    private final GrantStore grants;
    private final Policies policies;
    private final Gateways gateways;
    private final GatewayKeys gatewayKeys;
    private final SharingTerms terms;
    private final SharingProperties properties;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    TrialCalls(
            Interfaces interfaces,
            Applications applications,
            ApplicationStore keys,
            GrantStore grants,
            Policies policies,
            Gateways gateways,
            GatewayKeys gatewayKeys,
            SharingTerms terms,
            SharingProperties properties,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            Clock clock) {
        this.interfaces = interfaces;
        this.applications = applications;
        this.keys = keys;
        this.grants = grants;
        this.policies = policies;
        this.gateways = gateways;
        this.gatewayKeys = gatewayKeys;
        this.terms = terms;
        this.properties = properties;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A call to try: parameters by key field, and the fields wanted, none for all granted. */
    public record Trial(
            @Nullable String application, Map<String, String> parameters, List<String> fields) {
        public Trial {
            parameters = Map.copyOf(parameters);
            fields = List.copyOf(fields);
        }
    }

    /** What went to the gateway; the signature is of no further use. */
    public record Sent(String method, String url, Map<String, String> headers) {}

    /** What the gateway answered. */
    public record Received(int status, Map<String, String> headers, String body) {}

    /** A call that was made. */
    public record Outcome(Sent request, Received response, long milliseconds) {}

    /**
     * Makes a real call, signed for the chosen application or for the organisation's own trial
     * application.
     *
     * @throws SharingException if there is no key to sign with, or no gateway answers
     */
    public Outcome call(String id, Trial trial) throws InterruptedException {
        Interface called = interfaces.get(id);
        for (String parameter : trial.parameters().keySet()) {
            if (!called.keys().contains(parameter)) {
                throw BorderException.invalid("parameters", "sharing.parameter", parameter);
            }
        }
        Application application = application(called, trial.application());
        ApplicationStore.SealedKey key =
                keys.hmacKey(application.id(), clock.instant())
                        .orElseThrow(() -> SharingException.trialNoKey(application.name()));
        CallSigner signer =
                CallSigner.hmac(key.id(), gatewayKeys.sealed().open(key.id(), key.material()));
        URI address = address(called, trial);
        return send(address, signer.sign(address));
    }

    private Application application(Interface called, @Nullable String chosen)
            throws InterruptedException {
        if (chosen != null && !chosen.isBlank()) {
            Application application = applications.found(chosen);
            access.require("application:manage", application.organisation());
            return application;
        }
        Actor actor = access.actor();
        if (!actor.may("interface:publish", called.organisation())) {
            throw SharingException.trialNotOwn(called.name());
        }
        Application application = transaction.execute(status -> prepared(actor, called));
        gateways.await(policies.version(), POLICY_PATIENCE);
        return java.util.Objects.requireNonNull(application);
    }

    /** The trial application with a grant in force; sensitive fields are masked. */
    private Application prepared(Actor actor, Interface called) {
        Application application = applications.trial(actor);
        Instant now = clock.instant();
        List<String> fields = called.fields().stream().map(ServedField::name).toList();
        boolean granted =
                grants.inForce(application.id(), called.id(), now).stream()
                        .anyMatch(g -> g.fields().equals(fields));
        if (!granted) {
            SharingTerms.Trial trial = terms.trial();
            String grant = UUID.randomUUID().toString();
            grants.add(
                    new GrantStore.NewGrant(
                            grant,
                            null,
                            application.id(),
                            actor.organisation(),
                            called.organisation(),
                            called.id(),
                            called.dataset(),
                            fields,
                            terms.masks(called.fields(), Grade.L3),
                            "试调接口",
                            trial.perSecond(),
                            trial.perDay(),
                            null,
                            false,
                            now,
                            now.plus(Duration.ofDays(trial.days())),
                            true));
            policies.changed();
            evidence.changed(
                    actor.who(),
                    "grant.given",
                    "grant:" + grant,
                    Map.of("trial", "true", "interface", called.id()));
        }
        return application;
    }

    private URI address(Interface called, Trial trial) {
        StringJoiner query = new StringJoiner("&");
        new TreeMap<>(trial.parameters())
                .forEach((name, value) -> query.add(encoded(name) + "=" + encoded(value)));
        if (!trial.fields().isEmpty()) {
            query.add("fields=" + encoded(String.join(",", trial.fields())));
        }
        if (!called.isService()) {
            query.add("limit=" + Math.min(PAGE, called.pageLimit()));
        }
        return URI.create(properties.base() + "/api/" + called.id() + "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Outcome send(URI address, Map<String, String> signature) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET();
        signature.forEach(request::header);
        long began = System.nanoTime();
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            long milliseconds = (System.nanoTime() - began) / 1_000_000;
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return new Outcome(
                    new Sent("GET", address.toString(), signature),
                    new Received(response.statusCode(), headers, response.body()),
                    milliseconds);
        } catch (IOException e) {
            throw SharingException.gatewayUnreachable(properties.base());
        }
    }
}

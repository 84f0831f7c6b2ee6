package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.gateway.filter.FieldRules;
import cn.tiaoxi.gateway.filter.SubjectReader;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.internal.ThreadExecutorMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services that this gateway calls. Safe for use by threads; calls are made on event loops. */
public final class Upstreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upstreams.class);

    private final Names names;
    private final SslContext tls;
    private final Supplier<SealedSecret> sealed;
    private final Runnable changed;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Upstream> upstreams = new ConcurrentHashMap<>();
    private final Probes probes;

    /**
     * @param allowed where services may stand
     * @param authorities PEM file of the authorities that services' certificates may come from, or
     *     null for the JDK's
     * @param sealed opens credentials
     * @param changed is run when a service's health changes
     * @throws IllegalArgumentException if the authorities cannot be read
     */
    public Upstreams(
            AllowedAddresses allowed,
            @Nullable Path authorities,
            Supplier<SealedSecret> sealed,
            Runnable changed,
            InstantSource clock) {
        this.names = new Names(allowed);
        this.tls = context(authorities);
        this.sealed = sealed;
        this.changed = changed;
        this.clock = clock;
        this.probes = new Probes(upstreams);
    }

    private static SslContext context(@Nullable Path authorities) {
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient()
                            .protocols("TLSv1.3", "TLSv1.2")
                            .endpointIdentificationAlgorithm("HTTPS");
            if (authorities != null) {
                builder.trustManager(authorities.toFile());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The authorities of services cannot be read: " + authorities, e);
        }
    }

    /**
     * What a call asks of a service.
     *
     * @param served the interface, with its service
     * @param fields granted fields that are wanted, in the interface's order
     * @param values parameters by name
     * @param traceparent the trace that the service goes on with (W3C Trace Context), or null
     * @param matter what the call serves, as the caller says, or null
     * @param subjects is told whose records the answer holds, while it comes, or null
     */
    public record Wanted(
            PublishedInterface served,
            Grant grant,
            List<String> fields,
            Map<String, String> values,
            String requestId,
            @Nullable String traceparent,
            @Nullable String matter,
            @Nullable Consumer<String> subjects) {}

    /**
     * Checks what a caller gives, before the call counts.
     *
     * @throws UpstreamException PARAMETER_UNKNOWN, PARAMETER_MISSING or PARAMETER_NOT_ALLOWED
     */
    public void check(PublishedInterface served, Map<String, String> values) {
        of(served).parameters().check(values);
    }

    /**
     * Calls a service, on the event loop that asks.
     *
     * @param bound most bytes of a body that are given whole
     * @return fails with a {@link FailedCall} or an {@link UpstreamException}
     */
    public CompletableFuture<UpstreamAnswer> call(Wanted wanted, int bound) {
        Upstream upstream = of(wanted.served());
        Grant grant = wanted.grant();
        boolean all = wanted.fields().size() == granted(wanted.served(), grant);
        FieldRules rules =
                all
                        ? upstream.rules(wanted.served(), grant)
                        : upstream.narrowed(wanted.served(), grant, wanted.fields());
        ServiceRequest request = request(upstream, wanted.values(), wanted.requestId());
        return call(
                upstream,
                request.within(wanted.traceparent()).signed(upstream.signer(), wanted.matter()),
                rules,
                upstream.subjects(wanted.served(), wanted.subjects()),
                bound);
    }

    private static long granted(PublishedInterface served, Grant grant) {
        return served.fields().stream().filter(f -> grant.fields().contains(f.name())).count();
    }

    private static ServiceRequest request(
            Upstream upstream, Map<String, String> values, String requestId) {
        return ServiceRequest.of(upstream.service(), values, upstream.credential(), requestId);
    }

    private static CompletableFuture<UpstreamAnswer> call(
            Upstream upstream,
            ServiceRequest request,
            FieldRules rules,
            @Nullable SubjectReader subjects,
            int bound) {
        return new ServiceCall(upstream, request, rules, subjects, loop(), bound).start();
    }

    private static EventLoop loop() {
        if (ThreadExecutorMap.currentExecutor() instanceof EventLoop loop) {
            return loop;
        }
        throw new IllegalStateException("Services are called by event loops");
    }

    /**
     * Calls a service that is not in force, to see whether it answers as it is described; none of
     * its values is let through.
     *
     * @return as of {@link #call}
     */
    public CompletableFuture<UpstreamAnswer> tryOut(
            PublishedInterface described, Grant nothing, Map<String, String> values, String id) {
        Upstream upstream = made(described, service(described));
        upstream.parameters().check(values);
        FieldRules rules = upstream.rules(described, nothing);
        ServiceRequest request = request(upstream, values, id).signed(upstream.signer(), null);
        return call(upstream, request, rules, null, Integer.MAX_VALUE)
                .whenComplete((answer, failure) -> upstream.retire());
    }

    private static HttpUpstream service(PublishedInterface served) {
        HttpUpstream service = served.upstream();
        if (service == null) {
            throw new IllegalArgumentException(served.id() + " has no service");
        }
        return service;
    }

    /** The service of an interface, made anew if it is registered otherwise now. */
    private Upstream of(PublishedInterface served) {
        HttpUpstream service = service(served);
        Upstream known = upstreams.get(served.id());
        if (known != null && known.isOf(service)) {
            return known;
        }
        return upstreams.compute(
                served.id(),
                (id, other) -> {
                    if (other != null && other.isOf(service)) {
                        return other;
                    }
                    if (other != null) {
                        other.retire();
                    }
                    return made(served, service);
                });
    }

    private Upstream made(PublishedInterface served, HttpUpstream service) {
        String id = served.id();
        return new Upstream(id, service, opened(id, service), signer(id, service), this, clock);
    }

    private @Nullable CallSigner signer(String id, HttpUpstream service) {
        HttpUpstream.Signing signing = service.signing();
        if (signing == null) {
            return null;
        }
        try {
            byte[] key = sealed.get().open(HttpUpstream.Signing.sealedFor(id), signing.sealed());
            return CallSigner.ed25519(
                    signing.keyId(),
                    Ed25519Keys.privateKey(Base64.getEncoder().encodeToString(key)));
        } catch (IllegalArgumentException e) {
            LOG.warn("The service of interface {} is called without signatures", id, e);
            return null;
        }
    }

    private @Nullable String opened(String id, HttpUpstream service) {
        HttpUpstream.Credential credential = service.credential();
        if (credential == null) {
            return null;
        }
        try {
            byte[] secret =
                    sealed.get().open(HttpUpstream.Credential.sealedFor(id), credential.sealed());
            return new String(secret, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LOG.warn("The service of interface {} is called without its credential", id, e);
            return null;
        }
    }

    /** Takes up what a policy names, and ends what it names no more. */
    public void follow(Collection<PublishedInterface> services) {
        Set<String> named = new HashSet<>();
        for (PublishedInterface each : services) {
            named.add(each.id());
            of(each);
        }
        for (Upstream known : upstreams.values()) {
            if (!named.contains(known.interfaceId())
                    && upstreams.remove(known.interfaceId(), known)) {
                known.retire();
            }
        }
    }

    /** How each service fares, by interface. */
    public List<UpstreamHealth> health() {
        return upstreams.values().stream()
                .map(Upstream::health)
                .sorted(Comparator.comparing(UpstreamHealth::interfaceId))
                .toList();
    }

    Names names() {
        return names;
    }

    SslContext tls() {
        return tls;
    }

    void changed() {
        changed.run();
    }

    @Override
    public void close() {
        upstreams.values().forEach(Upstream::retire);
        probes.close();
    }

    /** Refuses a body that was to be whole but is not. */
    public static UpstreamException tooLong(int bound) {
        return UpstreamException.of(Refusal.UPSTREAM_ANSWER_TOO_LARGE, Integer.toString(bound));
    }
}

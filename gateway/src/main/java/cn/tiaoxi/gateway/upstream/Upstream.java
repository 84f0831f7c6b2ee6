package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.contract.UpstreamHealth.ProbeState;
import cn.tiaoxi.gateway.filter.FieldRules;
import cn.tiaoxi.gateway.filter.RecordPlace;
import cn.tiaoxi.gateway.filter.SubjectReader;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A service as this gateway knows it: how it fares, and the connections to it. */
final class Upstream {
    private static final int MOST_RULES = 10_000;

    private final String interfaceId;
    private volatile HttpUpstream service;
    private final @Nullable String credential;
    private final @Nullable CallSigner signer;
    private final ParameterCheck parameters;
    private final RecordPlace place;
    private final Upstreams all;
    private final InstantSource clock;
    private final Breaker breaker;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final ConcurrentHashMap<EventLoop, Pool> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, GrantRules> rules = new ConcurrentHashMap<>();
    private volatile @Nullable SubjectRules subjectRules;
    private volatile boolean retired;
    private volatile @Nullable Failure lastFailure;
    private volatile ProbeState probe = ProbeState.UNKNOWN;
    private volatile @Nullable Instant probed;

    private record Failure(UpstreamException what, Instant when) {}

    private record GrantRules(PublishedInterface served, Grant grant, FieldRules rules) {}

    private record SubjectRules(PublishedInterface served, FieldRules only) {}

    Upstream(
            String interfaceId,
            HttpUpstream service,
            @Nullable String credential,
            @Nullable CallSigner signer,
            Upstreams all,
            InstantSource clock) {
        this.interfaceId = interfaceId;
        this.service = service;
        this.credential = credential;
        this.signer = signer;
        this.parameters = new ParameterCheck(service);
        this.place = new RecordPlace(service.records(), service.around());
        this.all = all;
        this.clock = clock;
        this.breaker = new Breaker(clock);
    }

    String interfaceId() {
        return interfaceId;
    }

    HttpUpstream service() {
        return service;
    }

    /** Whether it is registered so; a policy that says the same again changes nothing. */
    boolean isOf(HttpUpstream other) {
        if (service == other) {
            return true;
        }
        boolean same = service.equals(other);
        if (same) {
            service = other;
        }
        return same;
    }

    @Nullable String credential() {
        return credential;
    }

    /** Signs calls, or null. */
    @Nullable CallSigner signer() {
        return signer;
    }

    ParameterCheck parameters() {
        return parameters;
    }

    /** What a grant lets through, made once for each. */
    FieldRules rules(PublishedInterface served, Grant grant) {
        GrantRules known = rules.get(grant.id());
        if (known != null && known.grant() == grant && known.served() == served) {
            return known.rules();
        }
        FieldRules made = FieldRules.of(served, grant, place);
        if (rules.size() > MOST_RULES) {
            rules.clear();
        }
        rules.put(grant.id(), new GrantRules(served, grant, made));
        return made;
    }

    /** What is let through of fewer fields than a grant has. */
    FieldRules narrowed(PublishedInterface served, Grant grant, List<String> fields) {
        return FieldRules.of(served, fields, grant.masks(), place);
    }

    /** Reads whose records an answer holds; null where the trace keeps nothing of it. */
    @Nullable SubjectReader subjects(PublishedInterface served, @Nullable Consumer<String> taker) {
        SubjectRule subject = served.subject();
        if (taker == null || subject == null) {
            return null;
        }
        SubjectRules known = subjectRules;
        if (known == null || known.served() != served) {
            known = new SubjectRules(served, FieldRules.only(served, subject.column(), place));
            subjectRules = known;
        }
        return new SubjectReader(service.format(), known.only(), taker);
    }

    Pool pool(EventLoop loop) {
        return pools.computeIfAbsent(loop, each -> new Pool(this, each));
    }

    CompletableFuture<List<InetAddress>> addresses() {
        return all.names().find(service.address().getHost());
    }

    SslHandler tls(ByteBufAllocator buffers) {
        String host = service.address().getHost();
        SslHandler handler = all.tls().newHandler(buffers, host, service.port());
        handler.setHandshakeTimeout(service.times().connect(), TimeUnit.MILLISECONDS);
        return handler;
    }

    /**
     * Takes a place for a call.
     *
     * @return whether the call decides if others follow; given to {@link #ended}
     * @throws UpstreamException UPSTREAM_BUSY or UPSTREAM_SUSPENDED
     */
    boolean admit() {
        if (underWay.incrementAndGet() > service.connections()) {
            underWay.decrementAndGet();
            throw UpstreamException.of(
                    Refusal.UPSTREAM_BUSY, Integer.toString(service.connections()));
        }
        try {
            boolean trying = breaker.admit(service.breaker());
            calls.incrementAndGet();
            return trying;
        } catch (UpstreamException e) {
            underWay.decrementAndGet();
            throw e;
        }
    }

    /** The service answered whole, or did not. */
    void ended(boolean tried, @Nullable UpstreamException failure) {
        underWay.decrementAndGet();
        boolean failed = false;
        if (failure != null && failure.isFailure()) {
            failed = true;
            failures.incrementAndGet();
            lastFailure = new Failure(failure, clock.instant());
        }
        if (breaker.ended(service.breaker(), tried, failed)) {
            all.changed();
        }
    }

    /** The caller went away before the service had shown how it is. */
    void undecided(boolean tried) {
        underWay.decrementAndGet();
        breaker.undecided(tried);
    }

    /**
     * Notes what a probe found.
     *
     * @param stop whether calls stop for it
     */
    void probed(boolean healthy, boolean stop) {
        ProbeState before = probe;
        probe = healthy ? ProbeState.HEALTHY : ProbeState.UNHEALTHY;
        probed = clock.instant();
        boolean moved = healthy ? breaker.probed() : stop && breaker.open();
        if (moved || before != probe) {
            all.changed();
        }
    }

    UpstreamHealth health() {
        Failure failure = lastFailure;
        return new UpstreamHealth(
                interfaceId,
                breaker.state(),
                breaker.since(),
                probe,
                probed,
                calls.get(),
                failures.get(),
                failure == null ? null : failure.what().refusal().name(),
                failure == null ? null : failure.what().subject(),
                failure == null ? null : failure.when());
    }

    boolean isRetired() {
        return retired;
    }

    /** It is registered otherwise, or no more: connections end with their answers. */
    void retire() {
        retired = true;
        pools.values().forEach(Pool::closeIdle);
    }
}

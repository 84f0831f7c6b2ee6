package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.GatewayHeartbeat.RefusedPolicy;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.gateway.GatewaySettings.Plain;
import cn.tiaoxi.gateway.meter.Figures;
import cn.tiaoxi.gateway.meter.Gauges;
import cn.tiaoxi.gateway.meter.Meter;
import cn.tiaoxi.gateway.meter.Metrics;
import cn.tiaoxi.gateway.quota.QuotaStore;
import cn.tiaoxi.gateway.quota.Quotas;
import cn.tiaoxi.gateway.upstream.Upstreams;
import cn.tiaoxi.trace.TraceLog;
import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data plane: a process that answers callers, and goes on answering while the platform is down.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Instant started = Instant.now();
    private final GatewaySettings settings;
    private final String id;
    private final PolicyKeeper policies;
    private final Quotas quotas;
    private final OwnTrace trace;
    private final Serving serving;
    private final Upstreams upstreams;
    private final Exports exports;
    private final Routes routes;
    private final HttpServer server;
    private final @Nullable Tls tls;
    private final int plainPort;
    private final int securePort;
    private final URI address;
    private final HttpClient client;
    private final Meter meter;
    private final Heartbeats heartbeats;
    private final FigureReports figures;
    private final PolicyPull pull;

    private Gateway(GatewaySettings settings, Limits limits) {
        this.settings = settings;
        OwnFolder folder = new OwnFolder(settings.folder());
        this.id = "gateway-" + java.util.HexFormat.of().formatHex(folder.keptRandom("id", 4));
        this.policies = new PolicyKeeper(settings, folder, InstantSource.system());
        policies.restore();
        this.trace = new OwnTrace(folder, "tiaoxi/" + id, limits.tracing());
        Replays replays = new Replays(limits.nonces());
        new TraceRefill(trace, replays).refill(started);
        ServingFile servingFile = new ServingFile(settings.servingFile());
        this.serving = new Serving(servingFile, limits);
        this.quotas = new Quotas(quotaStore(servingFile));
        this.upstreams =
                new Upstreams(
                        settings.upstreamRanges(),
                        settings.upstreamAuthorities(),
                        policies::opener,
                        this::upstreamChanged,
                        InstantSource.system());
        Receipts receipts = new Receipts(folder.keptRandom("receipt.key", 32));
        CallChecks checks =
                new CallChecks(
                        policies,
                        replays,
                        quotas,
                        new KeyPrints(folder.keptRandom("query.key", 32)),
                        upstreams,
                        new CallWatch(trace));
        this.exports =
                new Exports(
                        id,
                        this::address,
                        folder.path("exports"),
                        settings.exportBytes(),
                        servingFile,
                        serving,
                        trace,
                        checks::terms);
        Calls calls =
                new Calls(
                        checks,
                        serving,
                        new ServiceCalls(upstreams, trace, receipts),
                        new ExportCalls(checks, exports, trace),
                        trace,
                        receipts);
        this.meter = new Meter(settings.meter(), id);
        this.routes =
                new Routes(
                        calls,
                        new TraceReads(trace, policies),
                        new WitnessCalls(folder, "tiaoxi/" + id + "/witness", policies),
                        new UpstreamChecks(upstreams, policies),
                        new MeterReads(
                                new Metrics(meter, this::gauges),
                                settings.meter().metricsOnLoopback(),
                                new RecordSearch(trace),
                                receipts,
                                policies),
                        meter,
                        this::health);
        TlsSettings secured = settings.tls();
        this.tls = secured == null ? null : new Tls(secured);
        this.server = new HttpServer(limits, routes);
        this.plainPort =
                settings.plain() == Plain.OFF ? -1 : server.listen(plainHost(), settings.port());
        this.securePort =
                secured == null || tls == null
                        ? -1
                        : server.listen(settings.host(), secured.port(), tls);
        this.address = ownAddress();
        checks.answersTo(authorities());
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(2))
                        .build();
        this.heartbeats = new Heartbeats(client, settings.platform(), policies, this::heartbeat);
        this.figures =
                new FigureReports(
                        client,
                        settings.platform(),
                        policies,
                        new Figures(id, meter, this::gauges));
        this.pull = new PolicyPull(client, settings.platform(), policies, this::policyTold);
    }

    private QuotaStore quotaStore(ServingFile servingFile) {
        URI valkey = settings.quotaStore();
        return valkey == null
                ? new PostgresQuotas(servingFile, serving.vertx())
                : new ValkeyQuotas(valkey, serving.vertx());
    }

    /** Starts a gateway; it listens when this returns. */
    public static Gateway start(GatewaySettings settings) {
        return start(settings, Limits.standard());
    }

    static Gateway start(GatewaySettings settings, Limits limits) {
        System.setProperty("vertx.disableDnsResolver", "true");
        installFastCryptography();
        Gateway gateway = new Gateway(settings, limits);
        gateway.followUpstreams();
        gateway.exports.start();
        gateway.heartbeats.start();
        gateway.figures.start();
        gateway.pull.start();
        if (gateway.tls != null) {
            gateway.tls.start();
            LOG.info("{} speaks TLS on port {}", gateway.id, gateway.securePort);
        }
        LOG.info("{} listens on {}", gateway.id, gateway.address);
        return gateway;
    }

    /** Amazon's provider where its native library runs; else the JDK's, which is slower. */
    private static void installFastCryptography() {
        try {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        } catch (RuntimeException | LinkageError e) {
            java.security.Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
            LOG.warn("Signatures are checked by the JDK, more slowly: {}", e.toString());
        }
    }

    private String plainHost() {
        boolean here = settings.plain() == Plain.LOOPBACK && settings.tls() != null;
        return here ? "127.0.0.1" : settings.host();
    }

    private URI ownAddress() {
        URI given = settings.address();
        if (given != null) {
            return given;
        }
        return URI.create(
                plainPort < 0
                        ? "https://localhost:" + securePort
                        : "http://127.0.0.1:" + plainPort);
    }

    private Set<String> authorities() {
        Set<String> hosts = new HashSet<>(settings.authorities());
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", settings.host())) {
            hosts.add(normalised("http", host + ":" + plainPort));
            hosts.add(normalised("https", host + ":" + securePort));
        }
        hosts.add(normalised(address.getScheme(), address.getRawAuthority()));
        return hosts;
    }

    private static String normalised(String scheme, String authority) {
        return new RequestParts("GET", scheme, authority, "/", "?", name -> null).authority();
    }

    private void upstreamChanged() {
        Heartbeats beats = heartbeats;
        if (beats != null) {
            beats.now();
        }
    }

    private void followUpstreams() {
        Policy policy = policies.current();
        if (policy != null) {
            upstreams.follow(policy.services());
        }
    }

    private void policyTold() {
        followUpstreams();
        heartbeats.now();
    }

    /** Base URL under which callers reach it. */
    public URI address() {
        return address;
    }

    /** Port with TLS, or -1. */
    int securePort() {
        return securePort;
    }

    OwnTrace trace() {
        return trace;
    }

    private GatewayHeartbeat heartbeat() {
        Policy policy = policies.current();
        var log = trace.log();
        return new GatewayHeartbeat(
                id,
                address.toString(),
                policies.version(),
                policy == null ? started : policy.applied(),
                log.verifier().name(),
                log.verifier().vkey(),
                trace.size(),
                started,
                policies.refused(),
                upstreams.health(),
                trace.nationalKey());
    }

    private Gauges gauges() {
        Policy policy = policies.current();
        TraceLog.Commits commits = trace.log().commits();
        return new Gauges(
                server.openConnections(),
                server.turnedAway(),
                server.closedForSlowness(),
                routes.underWay(),
                server.handshakes(),
                server.failedHandshakes(),
                policies.version(),
                policy == null ? null : policy.applied(),
                policies.refused() != null,
                trace.size(),
                commits.waiting(),
                commits.count(),
                commits.nanos(),
                trace.problem(),
                quotas.storeFailure() == null);
    }

    private Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "UP");
        health.put("id", id);
        health.put("policyVersion", policies.version());
        RefusedPolicy refused = policies.refused();
        if (refused != null) {
            health.put("refusedPolicy", refused);
        }
        health.put("traceSize", trace.size());
        health.put("trace", trace.problem().isEmpty() ? "UP" : trace.problem());
        Throwable quotaFailure = quotas.storeFailure();
        health.put("quotaStore", quotaFailure == null ? "UP" : quotaFailure.toString());
        health.put("connections", server.openConnections());
        health.put("connectionsTurnedAway", server.turnedAway());
        health.put("connectionsClosedForSlowness", server.closedForSlowness());
        if (tls != null) {
            health.put("tls", tls.health());
        }
        health.put("exportsUnderWay", exports.underWay());
        health.put("exportBytes", exports.folder().used());
        health.put("services", services());
        return health;
    }

    /** How services fare; not where they are. */
    private List<Map<String, String>> services() {
        return upstreams.health().stream()
                .map(
                        each ->
                                Map.of(
                                        "interface", each.interfaceId(),
                                        "breaker", each.breaker().name(),
                                        "probe", each.probe().name()))
                .toList();
    }

    /** Finishes what is under way, makes the trace durable, and ends. */
    @Override
    public void close() {
        pull.close();
        heartbeats.close();
        figures.close();
        server.drain();
        exports.close();
        quotas.close();
        upstreams.close();
        serving.close();
        server.close();
        meter.close();
        if (tls != null) {
            tls.close();
        }
        trace.close();
        client.shutdownNow();
        LOG.info("{} has ended", id);
    }

    /** Runs a gateway until it is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        Gateway gateway;
        try {
            gateway = start(GatewaySettings.of(List.of(arguments), System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        } catch (RuntimeException e) {
            LOG.error("The gateway cannot start", e);
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(gateway::close));
        new CountDownLatch(1).await();
    }
}

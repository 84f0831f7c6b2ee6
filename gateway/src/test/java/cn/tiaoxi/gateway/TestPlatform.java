package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.contract.Wire;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform's side of the gateway control: hands out policies, takes heartbeats. */
final class TestPlatform implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-of-at-least-32-characters";

    final BlockingQueue<GatewayHeartbeat> heartbeats = new LinkedBlockingQueue<>();
    final BlockingQueue<GatewayFigures> figures = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final KeyPair keys;
    private final TreeMap<Long, PolicySnapshot> published = new TreeMap<>();
    private final List<String> questions = new ArrayList<>();
    private long version;

    /** What is answered whatever is asked, or null for what fits the question. */
    private byte[] fixed;

    TestPlatform() throws IOException, NoSuchAlgorithmException {
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/gateway-control/v1/policy", this::policy);
        server.createContext("/gateway-control/v1/heartbeat", this::heartbeat);
        server.createContext("/gateway-control/v1/figures", this::figures);
        server.start();
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    byte[] whole(PolicySnapshot snapshot) {
        return SignedPolicy.whole(snapshot, keys.getPrivate());
    }

    byte[] change(PolicySnapshot from, PolicySnapshot to) {
        return SignedPolicy.change(from, to, keys.getPrivate());
    }

    PrivateKey key() {
        return keys.getPrivate();
    }

    /** From now on gateways that are behind get the change to it, or the whole. */
    synchronized void publish(PolicySnapshot snapshot) {
        published.put(snapshot.version(), snapshot);
        version = snapshot.version();
        fixed = null;
        notifyAll();
    }

    /** From now on gateways that are behind get these bytes. */
    synchronized void publish(long claimedVersion, byte[] bytes) {
        version = claimedVersion;
        fixed = bytes;
        notifyAll();
    }

    /** Forgets what was published before: who is behind gets the whole. */
    synchronized void forget() {
        published.headMap(version).clear();
    }

    /** What gateways asked, oldest first. */
    synchronized List<String> questions() {
        return List.copyOf(questions);
    }

    /** Waits until a gateway says that it applies that version. */
    GatewayHeartbeat awaitApplied(long wanted) throws InterruptedException {
        while (true) {
            GatewayHeartbeat beat = heartbeats.poll(20, TimeUnit.SECONDS);
            if (beat == null) {
                throw new AssertionError("no heartbeat with policy " + wanted);
            }
            if (beat.policyVersion() >= wanted) {
                return beat;
            }
        }
    }

    private void policy(HttpExchange exchange) throws IOException {
        requireToken(exchange);
        Matcher question = QUESTION.matcher(exchange.getRequestURI().getQuery());
        if (!question.matches()) {
            throw new IOException("no question: " + exchange.getRequestURI());
        }
        byte[] body = answer(Long.parseLong(question.group(1)), question.group(2));
        exchange.sendResponseHeaders(
                body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static final Pattern QUESTION = Pattern.compile("after=(\\d+)&digest=([0-9a-f]*)");

    private synchronized byte[] answer(long after, String digest) {
        questions.add(after + " " + digest);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while ((version <= after && !digest.isEmpty() || version == 0) && System.nanoTime() < end) {
            try {
                wait(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new byte[0];
            }
        }
        if (version == 0 || version <= after && !digest.isEmpty()) {
            return new byte[0];
        }
        if (fixed != null) {
            return fixed;
        }
        PolicySnapshot before = published.get(after);
        boolean known = before != null && PolicyDigest.of(before).toString().equals(digest);
        PolicySnapshot now = published.lastEntry().getValue();
        return known ? change(before, now) : whole(now);
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        requireToken(exchange);
        heartbeats.add(Wire.read(exchange.getRequestBody().readAllBytes(), GatewayHeartbeat.class));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void figures(HttpExchange exchange) throws IOException {
        requireToken(exchange);
        figures.add(Wire.read(exchange.getRequestBody().readAllBytes(), GatewayFigures.class));
        byte[] wish = Wire.JSON.writeValueAsBytes(new GatewayFigures.Wish(1_000));
        exchange.sendResponseHeaders(200, wish.length);
        exchange.getResponseBody().write(wish);
        exchange.close();
    }

    private static void requireToken(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            throw new IOException("wrong token");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

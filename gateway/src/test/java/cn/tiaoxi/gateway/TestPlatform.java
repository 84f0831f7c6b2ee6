package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.GatewayHeartbeat;
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
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The platform's side of the gateway control: hands out policies, takes heartbeats. */
final class TestPlatform implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-of-at-least-32-characters";

    final BlockingQueue<GatewayHeartbeat> heartbeats = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final KeyPair keys;
    private long version;
    private byte[] answer = new byte[0];

    TestPlatform() throws IOException, NoSuchAlgorithmException {
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/gateway-control/v1/policy", this::policy);
        server.createContext("/gateway-control/v1/heartbeat", this::heartbeat);
        server.start();
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SignedPolicy sign(PolicySnapshot snapshot) {
        return SignedPolicy.sign(snapshot, keys.getPrivate());
    }

    synchronized void publish(PolicySnapshot snapshot) {
        publish(snapshot.version(), Wire.JSON.writeValueAsBytes(sign(snapshot)));
    }

    synchronized void publish(long claimedVersion, byte[] bytes) {
        version = claimedVersion;
        answer = bytes;
        notifyAll();
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
        long after = Long.parseLong(exchange.getRequestURI().getQuery().substring(6));
        byte[] body = newer(after);
        exchange.sendResponseHeaders(
                body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized byte[] newer(long after) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (version <= after && System.nanoTime() < end) {
            try {
                wait(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new byte[0];
            }
        }
        return version > after ? answer : new byte[0];
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        requireToken(exchange);
        heartbeats.add(Wire.read(exchange.getRequestBody().readAllBytes(), GatewayHeartbeat.class));
        exchange.sendResponseHeaders(204, -1);
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

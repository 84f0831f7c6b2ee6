package cn.tiaoxi.bench;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyHead;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a gateway needs of the platform: policies, and someone who takes heartbeats. */
final class PolicyServer implements AutoCloseable {
    static final String TOKEN = "a-token-for-the-benchmark-of-32-characters";

    private static final int PATIENCE_SECONDS = 120;

    private final KeyPair keys;
    private final int port;

    // Owned by the thread that publishes.
    private HttpServer server;

    // Guarded by this.
    private long version;
    private byte[] policy = new byte[0];
    private long applied;

    // Owned by the thread that publishes.
    private PolicyDigest digest = PolicyDigest.EMPTY;

    PolicyServer() throws IOException, NoSuchAlgorithmException {
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress("127.0.0.1", at), 0);
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.createContext("/gateway-control/v1/policy", this::policy);
        listening.createContext("/gateway-control/v1/heartbeat", this::heartbeat);
        listening.start();
        return listening;
    }

    /** Breaks all connections off and listens no more, as a platform that was killed. */
    void stop() {
        server.stop(0);
    }

    /** Listens again where it did. */
    void startAgain() throws IOException {
        server = listen(port);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /**
     * Publishes a whole policy and waits until the gateway says that it is in force.
     *
     * @return milliseconds from the signed bytes being there to the gateway's word
     */
    double publish(PolicySnapshot snapshot) throws InterruptedException {
        byte[] signed = SignedPolicy.whole(snapshot, keys.getPrivate());
        digest = PolicyDigest.of(snapshot);
        return publish(snapshot.version(), signed);
    }

    /**
     * Publishes a change of one grant and waits likewise.
     *
     * @param before the grant as it was published last
     */
    double publish(long newVersion, Grant before, Grant after) throws InterruptedException {
        PolicyDigest.Hasher hasher = new PolicyDigest.Hasher();
        PolicyItem item = PolicyItem.put(after);
        PolicyHead.Base base = new PolicyHead.Base(newVersion - 1, digest.toString());
        digest = digest.minus(hasher.hash(PolicyItem.put(before))).plus(hasher.hash(item));
        return publish(
                newVersion,
                SignedPolicy.signed(
                        newVersion, Instant.now(), base, digest, List.of(item), keys.getPrivate()));
    }

    private double publish(long newVersion, byte[] signed) throws InterruptedException {
        long from = System.nanoTime();
        synchronized (this) {
            version = newVersion;
            policy = signed;
            notifyAll();
            while (applied < version) {
                wait(TimeUnit.SECONDS.toMillis(1));
                if (System.nanoTime() - from > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                    throw new IllegalStateException("Policy " + version + " was not applied");
                }
            }
        }
        return (System.nanoTime() - from) / 1e6;
    }

    private void policy(HttpExchange exchange) throws IOException {
        String after = exchange.getRequestURI().getQuery().split("&")[0].substring(6);
        byte[] body = newer(Long.parseLong(after));
        exchange.sendResponseHeaders(
                body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized byte[] newer(long after) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (version <= after && System.nanoTime() < end) {
            try {
                wait(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new byte[0];
            }
        }
        return version > after ? policy : new byte[0];
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        GatewayHeartbeat beat =
                Wire.read(exchange.getRequestBody().readAllBytes(), GatewayHeartbeat.class);
        synchronized (this) {
            applied = beat.policyVersion();
            notifyAll();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

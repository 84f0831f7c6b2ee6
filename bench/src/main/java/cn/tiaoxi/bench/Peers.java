package cn.tiaoxi.bench;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proxies of others before one upstream, as far as they are to be had. */
final class Peers implements AutoCloseable {
    static final String PLAIN = "nginx plain";
    static final String LUA = "nginx with Lua";
    static final String SPRING = "Spring Cloud Gateway plain";

    private static final String BEGINNING = "{\"interface\":\"people-0\",\"rows\":[";
    private static final int LIST_ROWS = 10;
    private static final int LARGE_ROWS = 520_000;

    private final List<String> missing = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final List<AutoCloseable> started = new ArrayList<>();

    private @Nullable URI service;

    private record Peer(String name, URI address, long process) {}

    Peers(PeerPrograms programs, Path folder) {
        if (!programs.hasNginx()) {
            missing.add("nginx and what needs it as upstream: apt-get install nginx");
            return;
        }
        try {
            NginxPeer upstream = keep(NginxPeer.upstream(programs, folder, list(), Peers::large));
            service = upstream.address();
            add(PLAIN, keep(NginxPeer.plain(programs, folder, upstream)));
            if (programs.hasLua()) {
                NginxPeer lua = keep(NginxPeer.lua(programs, folder, upstream, BenchPolicy.SECRET));
                requireWork(lua.address());
                add(LUA, lua);
            } else {
                missing.add(LUA + ": apt-get install libnginx-mod-http-lua");
            }
            spring(folder, upstream);
        } catch (Exception e) {
            missing.add("nginx: " + e.getMessage());
        }
    }

    private void spring(Path folder, NginxPeer upstream) throws InterruptedException {
        Path jar = Path.of("bench/peers/spring-cloud-gateway/target/peer.jar");
        if (!Files.exists(jar)) {
            missing.add(SPRING + ": could not be built from Maven Central");
            return;
        }
        try {
            SpringPeer peer =
                    keep(SpringPeer.start(jar, folder.resolve("spring"), upstream.address()));
            peers.add(new Peer(SPRING, peer.address(), peer.process()));
        } catch (IOException e) {
            missing.add(SPRING + ": " + e.getMessage());
        }
    }

    /** A peer that does not do the work would be no measure. */
    private static void requireWork(URI lua) throws IOException, InterruptedException {
        URI address = URI.create(lua + BenchPolicy.household(1));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder signed = HttpRequest.newBuilder(address);
            BenchPolicy.signer().sign(address).forEach(signed::header);
            HttpRequest.Builder forged = HttpRequest.newBuilder(address);
            BenchPolicy.forger().sign(address).forEach(forged::header);
            HttpResponse<String> answer =
                    client.send(signed.build(), HttpResponse.BodyHandlers.ofString());
            int refused =
                    client.send(forged.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            if (refused != 401
                    || !answer.body().contains("\"name\":\"王**\",\"phone\":\"138****2340\"")
                    || answer.body().contains("小明")) {
                throw new IOException(LUA + " does not do its work: " + answer.body());
            }
        }
    }

    private void add(String name, NginxPeer peer) {
        peers.add(new Peer(name, peer.address(), peer.process()));
    }

    private <T extends AutoCloseable> T keep(T peer) {
        started.addFirst(peer);
        return peer;
    }

    /** What the upstream answers: as much and of the same shape as the gateway's list. */
    private static String list() {
        StringBuilder json = new StringBuilder(BEGINNING);
        for (int i = 0; i < LIST_ROWS; i++) {
            json.append(i == 0 ? "" : ",").append(row(i));
        }
        return json.append("],\"count\":10,\"next\":null}").toString();
    }

    private static String row(int number) {
        return "{\"household\":1234,\"name\":\"王小明\",\"phone\":\"1380001234"
                + number % 10
                + "\",\"address\":\"湖州市吴兴区凤凰路1234"
                + number % 10
                + "号\",\"division\":330502,\"born\":\"1990-01-01\",\"updated\":\"2026-01-10T06:40\"}";
    }

    /** The same rows, about 100 MB. */
    private static void large(Path file) throws IOException {
        try (Writer json = Files.newBufferedWriter(file)) {
            json.write(BEGINNING);
            for (int i = 0; i < LARGE_ROWS; i++) {
                json.write((i == 0 ? "" : ",") + row(i));
            }
            json.write("],\"count\":" + LARGE_ROWS + ",\"next\":null}");
        }
    }

    /** Sends each enough for its JVM, if it has one, to compile what it runs. */
    void warmUp(Wrk wrk, int connections, int seconds, int mostPerSecond)
            throws IOException, InterruptedException {
        for (Peer peer : peers) {
            int warm = peer.name().equals(SPRING) ? seconds : 1;
            if (call(peer, wrk, connections, warm, mostPerSecond).refused() > 0) {
                throw new IllegalStateException(peer.name() + " refuses calls");
            }
        }
    }

    /** Adds a run for each. */
    void addTo(Rounds rounds, Wrk wrk, int connections, int seconds, int mostPerSecond) {
        for (Peer peer : peers) {
            rounds.add(
                    peer.name(),
                    peer.process(),
                    0,
                    () -> call(peer, wrk, connections, seconds, mostPerSecond));
        }
    }

    private static Wrk.Result call(
            Peer peer, Wrk wrk, int connections, int seconds, int mostPerSecond)
            throws IOException, InterruptedException {
        return wrk.run(
                peer.address(),
                BenchPolicy.signer(),
                mostPerSecond * seconds,
                BenchPolicy::household,
                connections,
                seconds);
    }

    /** What the peers pass requests on to, if there is nginx. */
    Optional<URI> service() {
        return Optional.ofNullable(service);
    }

    /** What is left out, and why. */
    List<String> missing() {
        return missing;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable peer : started) {
            peer.close();
        }
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.trace.CosignatureSigner;
import cn.tiaoxi.trace.Witness;
import cn.tiaoxi.trace.WitnessClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as a witness of other logs, that of the platform above all: it cosigns what only
 * grows (tlog-witness), for whoever holds the shared token.
 */
final class WitnessCalls {
    /** Where it is reached. */
    static final String PREFIX = "/witness/";

    private static final String ADD = PREFIX + "add-checkpoint";
    private static final String KEY = PREFIX + "key";
    private static final String CHECKPOINT = "/checkpoint";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Witness witness;
    private final PolicyKeeper keeper;

    /**
     * A witness with a key of its own, made at first.
     *
     * @param name under which it cosigns
     */
    WitnessCalls(OwnFolder folder, String name, PolicyKeeper keeper) {
        this.witness =
                new Witness(
                        folder.path("witness"),
                        CosignatureSigner.loadOrCreate(
                                folder.path("witness.pem"), name, InstantSource.system()));
        this.keeper = keeper;
    }

    /** Whether it answers that request. */
    static boolean serves(String method, String path) {
        return path.startsWith(PREFIX)
                && (method.equals("GET") || method.equals("POST") && path.equals(ADD));
    }

    /**
     * A cosignature, the witness's key, or a checkpoint that it cosigned. Runs on a thread of its
     * own, since a cosignature waits for the disk.
     *
     * @throws RefusedException GATEWAY_TOKEN_INVALID
     */
    CompletableFuture<Answer> answer(CallRequest request, String path) throws IOException {
        var header = request.parts().header();
        TraceReads.requireToken(keeper, header.get("authorization"));
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("witness")
                .start(
                        () -> {
                            try {
                                answer.complete(
                                        now(
                                                path,
                                                request.body(),
                                                header.get(
                                                        WitnessClient.KEY_HEADER.toLowerCase(
                                                                java.util.Locale.ROOT))));
                            } catch (RuntimeException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        return answer;
    }

    private Answer now(String path, byte[] body, @Nullable String logKey) {
        if (path.equals(ADD)) {
            Witness.Answer answer = witness.add(body, logKey);
            return new Answer(answer.status(), answer.type(), answer.body(), Map.of());
        }
        if (path.equals(KEY)) {
            return text(200, witness.key().vkey() + "\n");
        }
        Optional<byte[]> kept =
                path.endsWith(CHECKPOINT)
                        ? witness.cosigned(
                                path.substring(
                                        PREFIX.length(),
                                        Math.max(
                                                PREFIX.length(),
                                                path.length() - CHECKPOINT.length())))
                        : Optional.empty();
        return kept.map(note -> new Answer(200, TEXT, note, Map.of()))
                .orElseGet(() -> text(404, "no such checkpoint\n"));
    }

    private static Answer text(int status, String text) {
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}

package cn.tiaoxi.trace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one witness for cosignatures, by <a href="https://c2sp.org/tlog-witness">tlog-witness</a>.
 */
public final class WitnessClient {
    /** Names the log's verifier key to a witness that takes it from who holds its token. */
    public static final String KEY_HEADER = "Tiaoxi-Log-Key";

    private static final int MAX_ANSWER = 64 << 10;
    private static final int CONFLICTS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI uri;
    private final @Nullable String token;
    private final CosignatureKey key;

    /**
     * A client.
     *
     * @param prefix the witness's submission prefix
     * @param token sent as a bearer token, with the log's key, if not null
     * @param key whose cosignature is believed
     */
    public WitnessClient(
            HttpClient client, URI prefix, @Nullable String token, CosignatureKey key) {
        this.client = client;
        this.uri = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
        this.token = token;
        this.key = key;
    }

    /**
     * Has a checkpoint cosigned.
     *
     * @param log where the tiles of the checkpoint are
     * @param note the signed checkpoint
     * @param verifier the log's key
     * @param last size that this witness cosigned last, as far as is known
     * @return the cosignature, verified
     * @throws TraceException UNREACHABLE, ROLLED_BACK if the witness says that this log shows less
     *     or another history than it has seen, SIGNATURE_WRONG
     */
    public SignedNote.Line cosign(TileSource log, byte[] note, NoteVerifier verifier, long last) {
        SignedNote signed = SignedNote.parse(note);
        Tiles tiles = new Tiles(log, Checkpoint.verified(note, verifier));
        long size = tiles.checkpoint().size();
        long old = Math.min(last, size);
        for (int i = 0; i < CONFLICTS; i++) {
            List<Hash> proof = Proofs.consistency(tiles, old, size);
            HttpResponse<byte[]> answer =
                    send(new AddCheckpoint(old, proof, signed).encode(), verifier);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            switch (answer.statusCode()) {
                case 200 -> {
                    return line(signed, text);
                }
                case 409 -> old = AddCheckpoint.size(text.strip());
                case 422 -> throw rolledBack(text);
                default ->
                        throw new TraceException(
                                TraceException.Code.UNREACHABLE,
                                uri + " answered " + answer.statusCode() + ": " + text.strip());
            }
            if (old > size) {
                throw rolledBack("it has seen " + old + " entries, here are " + size);
            }
        }
        throw new TraceException(
                TraceException.Code.UNREACHABLE, uri + " names another size each time");
    }

    private TraceException rolledBack(String text) {
        return new TraceException(
                TraceException.Code.ROLLED_BACK,
                "the witness " + key.name() + " does not cosign: " + text.strip());
    }

    private HttpResponse<byte[]> send(byte[] body, NoteVerifier verifier) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token).header(KEY_HEADER, verifier.vkey());
        }
        return BoundedHttp.send(client, request.build(), MAX_ANSWER, TIMEOUT);
    }

    private SignedNote.Line line(SignedNote signed, String text) {
        byte[] note = (signed.text() + "\n" + text).getBytes(StandardCharsets.UTF_8);
        SignedNote cosigned = SignedNote.parse(note);
        cosigned.verified(key);
        return cosigned.signatures().stream()
                .filter(l -> l.id() == key.id() && l.name().equals(key.name()))
                .findFirst()
                .orElseThrow();
    }
}

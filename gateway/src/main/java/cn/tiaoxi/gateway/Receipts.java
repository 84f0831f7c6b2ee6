package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.HmacSha256;
import cn.tiaoxi.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Salted hashes of requests and answers for the trace. A hash without salt would let anybody who
 * can guess a short answer find out that it was given. The salt of a call is derived from a secret
 * of this gateway; the caller gets it with the answer, so that it can prove what it was answered.
 */
final class Receipts {
    /** Header of an answer with the salt of its hash. */
    static final String HEADER = "Tiaoxi-Receipt";

    private static final int SALT_BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final HmacSha256 mac;
    private final ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(Sha256::begin);

    Receipts(byte[] secret) {
        this.mac = new HmacSha256(secret);
    }

    private byte[] saltOf(String requestId) {
        return Arrays.copyOf(mac.of("receipt" + requestId), SALT_BYTES);
    }

    /** The salt of a call, in Base64 with the URL alphabet. */
    String salt(String requestId) {
        return TEXT.encodeToString(saltOf(requestId));
    }

    /** Notes the hash of the request: of salt, method, space, path with query, newline, body. */
    void noteRequest(Call call, CallRequest request) {
        String query = request.rawQuery();
        String head =
                request.parts().method()
                        + ' '
                        + request.parts().path()
                        + (query.isEmpty() ? "" : "?" + query)
                        + '\n';
        byte[] salt = saltOf(call.requestId());
        call.isSaltedWith(salt);
        call.noteWhole(
                "requestHash", hash(salt, head.getBytes(StandardCharsets.UTF_8), request.body()));
    }

    /**
     * Notes the hash of an answer's body, of salt and body; the answer then carries the salt. After
     * {@link #noteRequest}.
     */
    Answer noteAnswer(Call call, Answer answer) {
        byte[] salt = call.salt();
        call.noteWhole("answerHash", hash(salt, answer.body(), new byte[0]));
        return answer.with(HEADER, TEXT.encodeToString(salt));
    }

    private String hash(byte[] salt, byte[] first, byte[] second) {
        MessageDigest digest = digests.get();
        digest.update(salt);
        digest.update(first);
        digest.update(second);
        return TEXT.encodeToString(digest.digest());
    }
}

package cn.tiaoxi.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

    private final ThreadLocal<Mac> macs;
    private final ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(Receipts::sha256);

    Receipts(byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    private byte[] saltOf(String requestId) {
        byte[] mac = macs.get().doFinal(("receipt" + requestId).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(mac, SALT_BYTES);
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
        call.noteWhole(
                "requestHash",
                hash(
                        saltOf(call.requestId()),
                        head.getBytes(StandardCharsets.UTF_8),
                        request.body()));
    }

    /** Notes the hash of an answer's body, of salt and body; the answer then carries the salt. */
    Answer noteAnswer(Call call, Answer answer) {
        byte[] salt = saltOf(call.requestId());
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

package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SignatureInput;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of messages between levels (RFC 9421 with Ed25519). They cover no authority: the
 * border proxies of government networks rewrite it. Who a message is for is said by the print of
 * the receiver's key.
 */
final class SignedMessage {
    /** Names the receiver by the print of its key. */
    static final String RECIPIENT = "tiaoxi-recipient";

    /** Says in an answer which message it answers. */
    static final String ANSWERS = "tiaoxi-nonce";

    static final String DIGEST = "content-digest";
    private static final List<String> ASKING =
            List.of("@method", "@path", "@query", DIGEST, RECIPIENT);
    private static final List<String> ANSWERING = List.of(DIGEST, ANSWERS);
    private static final URI NOWHERE = URI.create("http://nowhere/");
    private static final SecureRandom RANDOM = new SecureRandom();

    private SignedMessage() {}

    static String nonce() {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** The headers of a message. */
    static Map<String, String> ask(
            PrivateKey key,
            String id,
            String method,
            URI address,
            byte[] body,
            String recipient,
            Instant now,
            String nonce) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(DIGEST, MessageSignature.contentDigest(body));
        headers.put(RECIPIENT, recipient);
        headers.putAll(
                CallSigner.ed25519(id, key)
                        .sign(RequestParts.of(method, address, headers::get), ASKING, now, nonce));
        return headers;
    }

    /** The headers of an answer. */
    static Map<String, String> answer(
            PrivateKey key, String print, byte[] body, String nonce, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(DIGEST, MessageSignature.contentDigest(body));
        headers.put(ANSWERS, nonce);
        headers.putAll(
                CallSigner.ed25519(print, key)
                        .sign(
                                RequestParts.of("GET", NOWHERE, headers::get),
                                ANSWERING,
                                now,
                                nonce()));
        return headers;
    }

    /** Whether an answer is its, to just that question. */
    static boolean isAnswer(String key, byte[] body, String nonce, RequestParts.HeaderValues from) {
        Read read = read(from);
        return read != null
                && nonce.equals(from.get(ANSWERS))
                && read.covers(ANSWERING)
                && read.fits(RequestParts.of("GET", NOWHERE, from), key, body);
    }

    /** A signature as it stands in the headers. */
    record Read(SignatureInput input, byte[] signature) {
        @Nullable String keyId() {
            return input.text("keyid");
        }

        @Nullable String nonce() {
            return input.text("nonce");
        }

        boolean coversAsking() {
            return covers(ASKING);
        }

        boolean covers(List<String> components) {
            return new HashSet<>(input.components()).containsAll(components);
        }

        /** Whether it is made with that key, and the digest is of that body. */
        boolean fits(RequestParts parts, String key, byte[] body) {
            String digest = parts.header().get(DIGEST);
            if (digest == null
                    || !Prints.same(digest.strip(), MessageSignature.contentDigest(body))) {
                return false;
            }
            try {
                return MessageSignature.verifyEd25519(
                        input, parts, Ed25519Keys.publicKey(key), signature);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** The one signature of a message, or null if there is none that can be read. */
    static @Nullable Read read(RequestParts.HeaderValues headers) {
        String inputs = headers.get("signature-input");
        String signatures = headers.get("signature");
        if (inputs == null || signatures == null) {
            return null;
        }
        try {
            Map<String, SignatureInput> read = SignatureInput.parse(inputs);
            Map<String, byte[]> given = SignatureInput.parseSignatures(signatures);
            if (read.size() != 1) {
                return null;
            }
            String label = read.keySet().iterator().next();
            byte[] signature = given.get(label);
            SignatureInput input = read.get(label);
            return signature == null || input == null ? null : new Read(input, signature);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Signs an order. */
    static String order(PrivateKey key, String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(Protocol.SignedOrder.signed(text));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
    }

    /** Whether an order is signed with that key. */
    static boolean isOrder(String key, Protocol.SignedOrder order) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(Ed25519Keys.publicKey(key));
            verifier.update(Protocol.SignedOrder.signed(order.text()));
            return verifier.verify(Base64.getDecoder().decode(order.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}

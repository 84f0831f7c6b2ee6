package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SignatureInput;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who calls: checks the message signature (RFC 9421), the cheapest checks first. */
final class SignatureCheck {
    private static final String LABEL = "tiaoxi";
    private static final int LONGEST_HEADER = 2_048;
    private static final int SHORTEST_NONCE = 8;
    private static final int LONGEST_NONCE = 128;

    private final Admission admission;

    SignatureCheck(Admission admission) {
        this.admission = admission;
    }

    /**
     * The caller.
     *
     * @throws RefusedException if the request has no signature, or one that does not hold, is too
     *     old or was used before
     */
    Caller caller(Call call, CallRequest request, Policy policy) {
        RequestParts parts = request.parts();
        SignatureInput input = input(parts);
        byte[] signature = signature(parts, input.label());
        requireCoverage(input, request.body().length > 0);
        String nonce = required(input.text("nonce"), "nonce");
        String keyId = required(input.text("keyid"), "keyid");
        String algorithm = required(input.text("alg"), "alg");
        Instant created = created(input);
        if (nonce.length() < SHORTEST_NONCE || nonce.length() > LONGEST_NONCE) {
            throw malformed("nonce of 8 to 128 characters");
        }
        requireNow(input, created, call.time());
        Caller caller = Admission.claimed(call, policy, keyId, Style.SIGNATURE);
        if (!algorithm.equals(caller.key().algorithm().registeredName())) {
            call.note("claimedKeyId", keyId);
            throw malformed("alg=" + algorithm);
        }
        verify(call, request, input, signature, caller);
        admission.admit(call, caller, nonce, created);
        return caller;
    }

    private static void verify(
            Call call, CallRequest request, SignatureInput input, byte[] signature, Caller caller) {
        boolean holds;
        try {
            holds = caller.verifier().verifies(input, request.parts(), signature);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        if (!holds) {
            call.note("claimedKeyId", caller.key().id());
            throw new RefusedException(Refusal.SIGNATURE_INVALID, caller.key().id());
        }
        requireDigest(request);
    }

    private static SignatureInput input(RequestParts parts) {
        try {
            return only(SignatureInput.parse(header(parts, "signature-input")));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] signature(RequestParts parts, String label) {
        try {
            byte[] signature =
                    SignatureInput.parseSignatures(header(parts, "signature")).get(label);
            if (signature != null) {
                return signature;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        throw malformed("no signature with label " + label);
    }

    private static String header(RequestParts parts, String name) {
        String value = parts.header().get(name);
        if (value == null || value.isBlank()) {
            throw new RefusedException(Refusal.SIGNATURE_MISSING, name);
        }
        if (value.length() > LONGEST_HEADER) {
            throw malformed(name + " of more than 2048 characters");
        }
        return value;
    }

    /** The member labelled tiaoxi, or the only one: proxies may add their own. */
    private static SignatureInput only(Map<String, SignatureInput> members) {
        SignatureInput own = members.get(LABEL);
        if (own != null) {
            return own;
        }
        if (members.size() != 1) {
            throw new IllegalArgumentException("several signatures, none labelled " + LABEL);
        }
        return members.values().iterator().next();
    }

    private static void requireCoverage(SignatureInput input, boolean body) {
        for (String component : CallSigner.COVERED) {
            if (!input.components().contains(component)) {
                throw new RefusedException(Refusal.SIGNATURE_INCOMPLETE, component);
            }
        }
        if (body && !input.components().contains("content-digest")) {
            throw new RefusedException(Refusal.SIGNATURE_INCOMPLETE, "content-digest");
        }
    }

    private static String required(@Nullable String value, String parameter) {
        if (value == null) {
            throw malformed("no " + parameter);
        }
        return value;
    }

    private static Instant created(SignatureInput input) {
        Instant created = input.created();
        if (created == null) {
            throw malformed("no created");
        }
        return created;
    }

    private static void requireNow(SignatureInput input, Instant created, Instant now) {
        Admission.requireNow(Style.SIGNATURE, created, now);
        Instant expires = input.expires();
        if (expires != null && !now.isBefore(expires)) {
            throw new RefusedException(Refusal.CLOCK_SKEWED, "expires");
        }
    }

    private static void requireDigest(CallRequest request) {
        if (request.body().length == 0) {
            return;
        }
        String sent = request.parts().header().get("content-digest");
        String right = MessageSignature.contentDigest(request.body());
        if (sent == null || !sent.strip().equals(right)) {
            throw new RefusedException(Refusal.DIGEST_MISMATCH, "sha-256");
        }
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Refusal.SIGNATURE_MALFORMED, what);
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The policy file that gateways kept before policies came with their changes: signed JSON. */
final class EarlierPolicyFile {
    private static final String CONTEXT = "tiaoxi-policy-v1\n";

    /** The payload is one long text. */
    private static final JsonMapper LONG_TEXT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    private EarlierPolicyFile() {}

    private record Signed(String payload, String signature) {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if its signature does not hold or it cannot be read
     */
    static Policy read(byte[] file, PublicKey key, SealedSecret sealed, Instant applied) {
        byte[] payload = checked(file, key);
        PolicySnapshot snapshot = Wire.read(payload, PolicySnapshot.class);
        PolicyDraft draft = new PolicyDraft(sealed);
        snapshot.interfaces().forEach(each -> draft.accept(PolicyItem.put(each)));
        snapshot.applications().forEach(each -> draft.accept(PolicyItem.put(each)));
        snapshot.grants().forEach(each -> draft.accept(PolicyItem.put(each)));
        return draft.done(snapshot.version(), null, applied);
    }

    private static byte[] checked(byte[] file, PublicKey key) {
        try {
            Signed signed = LONG_TEXT.readValue(file, Signed.class);
            byte[] payload = Base64.getDecoder().decode(signed.payload());
            // Amazon's Ed25519 takes at most 1 MiB at once.
            Signature verifier = Signature.getInstance("Ed25519", "SunEC");
            verifier.initVerify(key);
            verifier.update(CONTEXT.getBytes(StandardCharsets.US_ASCII));
            verifier.update(payload);
            if (!verifier.verify(Base64.getDecoder().decode(signed.signature()))) {
                throw new IllegalArgumentException("The policy's signature does not hold");
            }
            return payload;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not a signed policy: " + e.getOriginalMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The policy's signature cannot be checked", e);
        }
    }
}

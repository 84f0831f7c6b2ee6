package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.Sm2PrivateKey;
import cn.tiaoxi.contract.Sm2PublicKey;
import cn.tiaoxi.platform.border.BorderException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the secrets and key pairs of callers. */
@Component
class KeyMaker {
    private static final int SECRET_BYTES = 32;

    /** The province's secrets are text; callers paste them as they are. */
    private static final int PROVINCE_SECRET_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final GatewayKeys gatewayKeys;

    KeyMaker(GatewayKeys gatewayKeys) {
        this.gatewayKeys = gatewayKeys;
    }

    /**
     * What a key is made of.
     *
     * @param material what gateways need, a shared secret sealed
     * @param secret the shared secret for the caller, or null
     * @param privateKey PEM of the private key for the caller, or null
     */
    record Made(String material, @Nullable String secret, @Nullable String privateKey) {
        @Override
        public String toString() {
            return "Made";
        }
    }

    /** A new identifier of a key. */
    String id() {
        return "k" + Base64.getUrlEncoder().encodeToString(random(9)).replaceAll("[-_]", "x");
    }

    /**
     * Makes a key.
     *
     * @param publicKey the caller's own public key, or null to have a pair made
     */
    Made make(String id, Algorithm algorithm, @Nullable String publicKey) {
        return switch (algorithm) {
            case HMAC_SHA256, HMAC_SM3 -> {
                byte[] secret = random(SECRET_BYTES);
                yield shared(id, secret, Base64.getEncoder().encodeToString(secret));
            }
            case PROVINCE_HMAC, PROVINCE_TOKEN -> {
                String secret = HexFormat.of().formatHex(random(PROVINCE_SECRET_BYTES));
                yield shared(id, secret.getBytes(StandardCharsets.US_ASCII), secret);
            }
            case ED25519 -> publicKey == null ? ed25519() : given(algorithm, publicKey);
            case SM2_SM3 -> publicKey == null ? sm2() : given(algorithm, publicKey);
            case MUTUAL_TLS -> throw new IllegalStateException("A certificate is brought");
        };
    }

    private Made shared(String id, byte[] secret, String shown) {
        return new Made(gatewayKeys.sealed().seal(id, secret), shown, null);
    }

    private static Made ed25519() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String base64 =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded());
            return new Made(
                    Ed25519Keys.material(pair.getPublic()),
                    null,
                    "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Ed25519 is missing", e);
        }
    }

    private static Made sm2() {
        Sm2PrivateKey made = Sm2PrivateKey.generate();
        return new Made(made.publicKey().material(), null, made.pem());
    }

    private static Made given(Algorithm algorithm, String publicKey) {
        try {
            String material =
                    algorithm == Algorithm.ED25519
                            ? Ed25519Keys.material(Ed25519Keys.publicKey(publicKey))
                            : Sm2PublicKey.of(publicKey).material();
            return new Made(material, null, null);
        } catch (IllegalArgumentException e) {
            throw BorderException.invalid("publicKey", "sharing.publicKey");
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}

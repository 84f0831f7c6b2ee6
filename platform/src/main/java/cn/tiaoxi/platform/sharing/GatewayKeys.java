package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * What platform and gateways share: the token by which they know each other and seal secrets, and
 * the key pair under which policies are signed. Made at the first start, kept in the data folder.
 */
@Component
class GatewayKeys {
    private final String token;
    private final SealedSecret sealed;
    private final PrivateKey policyKey;

    GatewayKeys(DataFolder data) {
        this.token = data.secret("gateway.token");
        this.sealed = new SealedSecret(token);
        this.policyKey = policyKey(data.folder("keys"));
    }

    private static PrivateKey policyKey(Path folder) {
        Path secret = folder.resolve("policy.key");
        Path open = folder.resolve("policy.pub");
        try {
            if (Files.notExists(secret) || Files.notExists(open)) {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                DataFolder.writePrivate(open, base64(pair.getPublic().getEncoded()));
                DataFolder.writePrivate(secret, base64(pair.getPrivate().getEncoded()));
            }
            return Ed25519Keys.privateKey(Files.readString(secret));
        } catch (IOException e) {
            throw new UncheckedIOException("The policy's key cannot be kept in " + folder, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Ed25519 is missing", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    PrivateKey policyKey() {
        return policyKey;
    }

    SealedSecret sealed() {
        return sealed;
    }

    String token() {
        return token;
    }

    /** Whether that is the gateways' token; takes the same time wherever it differs. */
    boolean fits(String candidate) {
        return MessageDigest.isEqual(
                candidate.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}

package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * This platform's own keys, made at the first start and kept in the data folder: one by which other
 * levels know its messages, and one by which its gateways call interfaces above, so that who takes
 * a gateway cannot speak for the platform.
 */
@Component
class OwnKeys {
    private final Pair messages;
    private final Pair calls;

    /**
     * A key pair.
     *
     * @param material Base64 of the 32 bytes of the public key
     */
    record Pair(PrivateKey secret, String material) {
        @Override
        public String toString() {
            return "Pair[" + material + "]";
        }
    }

    OwnKeys(DataFolder data) {
        Path folder = data.folder("keys");
        this.messages = pair(folder, "superior");
        this.calls = pair(folder, "superior-calls");
    }

    private static Pair pair(Path folder, String name) {
        Path secret = folder.resolve(name + ".key");
        Path open = folder.resolve(name + ".pub");
        try {
            if (Files.notExists(secret) || Files.notExists(open)) {
                KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                DataFolder.writePrivate(open, Ed25519Keys.material(made.getPublic()) + "\n");
                DataFolder.writePrivate(
                        secret,
                        Base64.getEncoder().encodeToString(made.getPrivate().getEncoded()) + "\n");
            }
            return new Pair(
                    Ed25519Keys.privateKey(Files.readString(secret)),
                    Files.readString(open).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of this level cannot be kept", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Ed25519 is missing", e);
        }
    }

    /** Signs messages to other levels. */
    Pair messages() {
        return messages;
    }

    /** Signs calls of interfaces above. */
    Pair calls() {
        return calls;
    }
}

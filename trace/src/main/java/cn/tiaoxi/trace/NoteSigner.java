package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

/**
 * The private key of a log: signs notes with Ed25519. Its name is the origin of the log. Immutable;
 * may be shared between threads.
 */
public final class NoteSigner implements SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey key;
    private final NoteVerifier verifier;

    private NoteSigner(String name, PrivateKey key) throws GeneralSecurityException {
        this.key = key;
        this.verifier = new NoteVerifier(name, publicKey(key));
    }

    /** Makes a new key. */
    public static NoteSigner generate(String name) {
        try {
            return new NoteSigner(
                    name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no Ed25519", e);
        }
    }

    /**
     * Reads a PKCS#8 key in PEM form.
     *
     * @throws TraceException MALFORMED if the file holds no Ed25519 private key, UNREACHABLE if it
     *     cannot be read
     */
    public static NoteSigner load(Path file, String name) {
        try {
            String pem = Files.readString(file).strip();
            if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
                throw new TraceException(
                        TraceException.Code.MALFORMED, file + " is not a PKCS#8 key in PEM form");
            }
            String body = pem.substring(BEGIN.length(), pem.length() - END.length());
            byte[] der = Base64.getMimeDecoder().decode(body);
            return new NoteSigner(
                    name,
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot read the key " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, file + " is not an Ed25519 key", e);
        }
    }

    /** Reads the key file, or makes a key and stores it there when there is no such file. */
    public static NoteSigner loadOrCreate(Path file, String name) {
        if (Files.exists(file)) {
            return load(file, name);
        }
        NoteSigner signer = generate(name);
        signer.store(file);
        return signer;
    }

    /** Writes the key durably to a new file that only its owner can read (mode 0600). */
    public void store(Path file) {
        storeText(
                file,
                BEGIN
                        + "\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(key.getEncoded())
                        + "\n"
                        + END
                        + "\n");
    }

    /**
     * Writes a key's text durably to a new file that only its owner can read (mode 0600).
     *
     * @throws TraceException UNREACHABLE if it cannot be written or there is such a file
     */
    public static void storeText(Path file, String text) {
        byte[] pem = text.getBytes(StandardCharsets.US_ASCII);
        Path folder =
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(draft);
            try (FileChannel channel =
                    FileChannel.open(
                            draft,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(pem);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            // A link, not a rename: it never replaces a key that is already there.
            Files.createLink(file, draft);
            Files.delete(draft);
            Disk.REAL.forceFolder(folder);
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot store the key " + file, e);
        }
    }

    /** The key's name, which is the origin of the log it signs. */
    public String name() {
        return verifier.name();
    }

    @Override
    public NoteVerifier verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the key of " + name(), e);
        }
    }

    /**
     * The JDK offers no way from an Ed25519 private key to its public key but making the pair anew
     * from the same 32 random bytes.
     */
    private static byte[] publicKey(PrivateKey key) throws GeneralSecurityException {
        byte[] seed =
                ((EdECPrivateKey) KeyFactory.getInstance("Ed25519", "SunEC").translateKey(key))
                        .getBytes()
                        .orElseThrow(() -> new GeneralSecurityException("the key hides its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
        generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
        byte[] der = generator.generateKeyPair().getPublic().getEncoded();
        return Arrays.copyOfRange(der, der.length - 32, der.length);
    }

    /** Hands out the seed where a key pair generator asks for randomness. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        GivenBytes(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}

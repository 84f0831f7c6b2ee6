package cn.tiaoxi.command;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Ed25519Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Whom to call, and with which key.
 *
 * @param grant the grant to call under, or null for the newest
 */
record CallProfile(URI gateway, CallSigner signer, @Nullable String grant) {

    /**
     * Takes what the arguments say, and the rest from a profile file: properties {@code gateway},
     * {@code keyid}, {@code algorithm}, {@code key-file} (beside the profile) and {@code grant}.
     *
     * @throws IllegalArgumentException if something is missing or no key
     * @throws IOException if a file cannot be read
     */
    static CallProfile of(CallArguments arguments, Path standard) throws IOException {
        String named = arguments.option("profile");
        Path file = named == null ? standard : Path.of(named);
        Properties profile = new Properties();
        if (named != null || Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                profile.load(reader);
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException("There is no profile " + file, e);
            }
        }
        String gateway = required(arguments.option("gateway"), profile, "gateway", "--gateway");
        String grant = arguments.option("grant");
        return new CallProfile(
                URI.create(gateway),
                signer(arguments, profile, file),
                grant == null ? profile.getProperty("grant") : grant);
    }

    private static CallSigner signer(CallArguments arguments, Properties profile, Path file)
            throws IOException {
        String keyId = required(arguments.option("key-id"), profile, "keyid", "--key-id");
        String secret = arguments.option("secret-file");
        String privateKey = arguments.option("private-key-file");
        if (secret != null && privateKey != null) {
            throw new IllegalArgumentException("Give either --secret-file or --private-key-file");
        }
        if (secret != null) {
            return hmac(keyId, Path.of(secret));
        }
        if (privateKey != null) {
            return ed25519(keyId, Path.of(privateKey));
        }
        String keyFile = required(null, profile, "key-file", "--secret-file");
        Path key = file.resolveSibling(keyFile);
        return profile.getProperty("algorithm", "").equals("ed25519")
                ? ed25519(keyId, key)
                : hmac(keyId, key);
    }

    private static CallSigner hmac(String keyId, Path file) throws IOException {
        try {
            return CallSigner.hmac(keyId, Base64.getDecoder().decode(read(file)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds no secret in Base64", e);
        }
    }

    private static CallSigner ed25519(String keyId, Path file) throws IOException {
        try {
            return CallSigner.ed25519(keyId, Ed25519Keys.privateKey(read(file)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds no Ed25519 private key", e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static String required(
            @Nullable String given, Properties profile, String property, String option) {
        String value = given == null ? profile.getProperty(property) : given;
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "No profile found, and no " + option + "; see ./tiaoxi call");
        }
        return value;
    }
}

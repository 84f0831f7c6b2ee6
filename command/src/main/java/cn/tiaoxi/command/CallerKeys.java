package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Application;
import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Ed25519Keys;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/**
 * The keys of the demonstration's applications, each in a file that only its owner may read, beside
 * a properties file that names it. The first application's also is the one that {@code ./tiaoxi
 * call} uses by default.
 */
final class CallerKeys {
    private final Path folder;
    private final String gateway;

    CallerKeys(Path folder, String gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    /**
     * The properties file of an application; its name tells which by a fingerprint of the title.
     */
    Path file(String application) {
        return folder.resolve(
                "caller-" + Integer.toHexString(application.hashCode()) + ".properties");
    }

    /** Keeps a key that the platform just made and shows only this once. */
    void keep(Application application, JsonNode made) throws IOException {
        Files.createDirectories(folder);
        Path properties = file(application.name());
        String keyName = properties.getFileName().toString().replace(".properties", ".key");
        String material =
                made.path("secret").isString()
                        ? made.path("secret").asString()
                        : made.path("privateKey").asString();
        writePrivate(folder.resolve(keyName), material.strip() + "\n");
        Properties text = new Properties();
        text.setProperty("gateway", gateway);
        text.setProperty("keyid", CatalogueStory.identifier(made.path("key")));
        text.setProperty("algorithm", application.algorithm());
        text.setProperty("key-file", keyName);
        StringWriter out = new StringWriter();
        text.store(out, application.name());
        writePrivate(properties, out.toString());
        Path standard = folder.resolve("caller.properties");
        if (Files.notExists(standard)) {
            writePrivate(standard, out.toString());
        }
    }

    /** The identifier of an application's key. */
    String keyId(String application) throws IOException {
        return properties(application).getProperty("keyid");
    }

    /** A signer with an application's key. */
    CallSigner signer(String application) throws IOException {
        Properties properties = properties(application);
        String key = properties.getProperty("keyid");
        String material = Files.readString(folder.resolve(properties.getProperty("key-file")));
        return properties.getProperty("algorithm").equals("hmac-sha256")
                ? CallSigner.hmac(key, Base64.getDecoder().decode(material.strip()))
                : CallSigner.ed25519(key, Ed25519Keys.privateKey(material));
    }

    private Properties properties(String application) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file(application))) {
            properties.load(in);
        }
        return properties;
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Path draft =
                Files.createTempFile(
                        file.getParent(),
                        ".draft",
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.TrialAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a certificate for a gateway on this machine, so that TLS can be tried: for {@code
 * localhost} and 127.0.0.1, for a year, under an authority whose key is thrown away.
 */
public final class TrialCertificates {
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final String PASSWORD = "changeit";

    private TrialCertificates() {}

    /**
     * Fills a folder, unless it holds a certificate that lasts: {@code gateway.pem} and {@code
     * gateway.key} for the gateway, {@code ca.pem} for who calls it, {@code trust.p12} for Java:
     * the authorities that Java knows anyway and this one.
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Path folder = Path.of(arguments[0]);
        make(folder);
    }

    static void make(Path folder) throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        Path certificate = folder.resolve("gateway.pem");
        if (lasts(certificate, folder.resolve("gateway.key"), now)) {
            return;
        }
        Instant end = now.plus(LIFE);
        TrialAuthority authority = new TrialAuthority("Tiaoxi trial", end);
        TrialAuthority.Issued issued =
                authority.issue("localhost", List.of("localhost", "127.0.0.1"), end);
        OwnFolder files = new OwnFolder(folder);
        files.write("gateway.key", ascii(issued.keyPem()));
        files.write("gateway.pem", ascii(issued.certificatePem()));
        files.write("ca.pem", ascii(authority.pem()));
        files.write("trust.p12", trust(authority));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean lasts(Path certificate, Path key, Instant now) {
        try {
            return TlsIdentity.read(certificate, key, now)
                    .notAfter()
                    .isAfter(now.plus(RENEW_BEFORE));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] trust(TrialAuthority authority)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory known = TrustManagerFactory.getInstance("PKIX");
        known.init((@Nullable KeyStore) null);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (var each : ((X509TrustManager) known.getTrustManagers()[0]).getAcceptedIssuers()) {
            store.setCertificateEntry("known" + count++, each);
        }
        store.setCertificateEntry("trial", authority.certificate());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        return bytes.toByteArray();
    }
}

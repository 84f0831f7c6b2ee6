package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.TrialAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates for tests, in a folder: an authority's, the gateway's and callers'. */
final class TestCertificates {
    private static final Duration YEAR = Duration.ofDays(365);

    final TrialAuthority authority = new TrialAuthority("test", Instant.now().plus(YEAR));
    private final Path folder;

    TestCertificates(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(authorityFile(), authority.pem());
        write(gateway(Instant.now().plus(YEAR)));
    }

    TrialAuthority.Issued gateway(Instant notAfter) {
        return authority.issue("localhost", List.of("localhost", "127.0.0.1"), notAfter);
    }

    /** Gives the gateway that certificate. */
    void write(TrialAuthority.Issued issued) throws IOException {
        Files.writeString(certificate(), issued.certificatePem());
        Files.writeString(key(), issued.keyPem());
    }

    Path certificate() {
        return folder.resolve("gateway.pem");
    }

    Path key() {
        return folder.resolve("gateway.key");
    }

    Path authorityFile() {
        return folder.resolve("ca.pem");
    }

    TrialAuthority.Issued caller(String name) {
        return authority.issue(name, List.of(), Instant.now().plus(YEAR));
    }

    /** A client that trusts the authority and shows a certificate, or none. */
    HttpClient client(HttpClient.Version version, TrialAuthority.@Nullable Issued own)
            throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder().version(version).sslContext(context(own)).build();
    }

    SSLSocketFactory sockets() throws IOException, GeneralSecurityException {
        return context(null).getSocketFactory();
    }

    SSLContext context(TrialAuthority.@Nullable Issued own)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (own != null) {
            keys.setKeyEntry(
                    "own", own.key(), new char[0], new X509Certificate[] {own.certificate()});
        }
        KeyManagerFactory manager = KeyManagerFactory.getInstance("PKIX");
        manager.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

package cn.tiaoxi.gateway;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates callers may come with. TLS proves that a caller has the certificate's key; who
 * the caller is, and whether the certificate may be used, the policy says for each call by its
 * thumbprint (RFC 8705, section 2.2). So any certificate is taken here, for a refusal that says why
 * is of more help than a broken handshake.
 */
final class CallerTrust extends X509ExtendedTrustManager {
    private CallerTrust() {}

    /**
     * Takes any certificate, or those issued under the authorities of a PEM file.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    static TrustManager of(@Nullable Path authorities) {
        if (authorities == null) {
            return new CallerTrust();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate each : TlsIdentity.certificates(authorities)) {
                store.setCertificateEntry(
                        each.getSubjectX500Principal() + " " + each.getSerialNumber(), each);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers()[0];
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(authorities + " cannot be used", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("Only callers are known by their certificates");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallerCertificate;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection before its first request.
 *
 * @param scheme {@code http} or {@code https}
 * @param certificate thumbprint of the certificate whose key the caller has proven to hold, or null
 */
record Link(String scheme, @Nullable String certificate) {
    static final Link PLAIN = new Link("http", null);

    /** A connection whose handshake is over. */
    static Link secured(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return new Link(
                    "https",
                    chain.length > 0 && chain[0] instanceof X509Certificate own
                            ? CallerCertificate.thumbprint(own)
                            : null);
        } catch (SSLPeerUnverifiedException e) {
            return new Link("https", null);
        }
    }
}

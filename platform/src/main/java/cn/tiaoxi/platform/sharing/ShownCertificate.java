package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallerCertificate;
import cn.tiaoxi.platform.border.BorderException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A caller's certificate.
 *
 * @param subject whom it names, issuer who issued it: distinguished names (RFC 2253)
 * @param thumbprint Base64url of its SHA-256, by which gateways know it
 * @param pem the certificate itself
 */
public record ShownCertificate(
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        String thumbprint,
        String pem) {

    /**
     * Reads a certificate that a caller wants to be known by.
     *
     * @throws BorderException if it is none, has expired, or has a key that is too weak
     */
    static ShownCertificate given(String pem, Instant now) {
        X509Certificate certificate;
        try {
            certificate = CallerCertificate.of(pem);
        } catch (IllegalArgumentException e) {
            throw BorderException.invalid("publicKey", "sharing.certificate");
        }
        if (!now.isBefore(certificate.getNotAfter().toInstant())) {
            throw BorderException.invalid("publicKey", "sharing.certificateExpired");
        }
        if (CallerCertificate.isWeak(certificate)) {
            throw BorderException.invalid("publicKey", "sharing.certificateWeak");
        }
        return of(certificate);
    }

    /** The certificate of a key that was made before. */
    static ShownCertificate kept(String pem) {
        return of(CallerCertificate.of(pem));
    }

    private static ShownCertificate of(X509Certificate certificate) {
        return new ShownCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                CallerCertificate.thumbprint(certificate),
                CallerCertificate.pem(certificate));
    }
}

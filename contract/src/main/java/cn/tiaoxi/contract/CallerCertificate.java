package cn.tiaoxi.contract;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Collection;

/** A certificate that a caller comes with in mutual TLS. */
public final class CallerCertificate {
    private static final int SHORTEST_RSA = 2_048;
    private static final int SHORTEST_EC = 256;

    private CallerCertificate() {}

    /**
     * What the certificate is known by: Base64url of the SHA-256 of its DER, {@code x5t#S256} of
     * RFC 8705.
     */
    public static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has bytes", e);
        }
    }

    /** The certificate as PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            return Pem.encoded("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has bytes", e);
        }
    }

    /**
     * Reads the first certificate of a PEM text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static X509Certificate of(String pem) {
        try {
            Collection<?> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            pem.strip().getBytes(StandardCharsets.UTF_8)));
            if (!found.isEmpty()) {
                return (X509Certificate) found.iterator().next();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The text is no certificate", e);
        }
        throw new IllegalArgumentException("The text has no certificate");
    }

    /**
     * Whether somebody might find the certificate's key: RSA below 2,048 bits, EC below 256, or
     * another kind that TLS 1.3 here does not take. How it was issued does not matter, since it is
     * known by its thumbprint.
     */
    public static boolean isWeak(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() < SHORTEST_RSA;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < SHORTEST_EC;
            default ->
                    !certificate.getPublicKey().getAlgorithm().equals("EdDSA")
                            && !certificate.getPublicKey().getAlgorithm().equals("Ed25519");
        };
    }
}

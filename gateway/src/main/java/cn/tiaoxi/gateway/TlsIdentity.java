package cn.tiaoxi.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with those it was issued under, and its private key.
 *
 * @param chain the own certificate first
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    /**
     * Reads both and checks that they belong together and are in force.
     *
     * @throws IllegalArgumentException that says what is wrong with which file
     */
    static TlsIdentity read(Path certificate, Path key, Instant now) {
        List<X509Certificate> chain = certificates(certificate);
        X509Certificate own = chain.getFirst();
        if (!now.isBefore(own.getNotAfter().toInstant())) {
            throw new IllegalArgumentException(
                    certificate + " has expired on " + own.getNotAfter().toInstant());
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            throw new IllegalArgumentException(
                    certificate + " is valid only from " + own.getNotBefore().toInstant());
        }
        PrivateKey secret = privateKey(key, own.getPublicKey());
        if (!belong(secret, own.getPublicKey())) {
            throw new IllegalArgumentException(key + " is not the key of " + certificate);
        }
        return new TlsIdentity(chain, secret);
    }

    /**
     * The certificates of a PEM file, at least one.
     *
     * @throws IllegalArgumentException if it cannot be read as such
     */
    static List<X509Certificate> certificates(Path file) {
        try {
            Collection<?> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Files.readAllBytes(file)));
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(file + " has no certificate");
    }

    private static PrivateKey privateKey(Path file, PublicKey of) {
        try {
            Matcher pem = PKCS8.matcher(Files.readString(file));
            if (!pem.find()) {
                throw new IllegalArgumentException(
                        file
                                + " has no 'BEGIN PRIVATE KEY' (PKCS #8, not encrypted); convert it"
                                + " with openssl pkcs8 -topk8 -nocrypt");
            }
            byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(of.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean belong(PrivateKey secret, PublicKey open) {
        String algorithm =
                switch (open.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> open.getAlgorithm();
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(new byte[32]);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(new byte[32]);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }
}

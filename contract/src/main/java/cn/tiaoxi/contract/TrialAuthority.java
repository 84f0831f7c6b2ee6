package cn.tiaoxi.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * An authority of its own for trials: it issues certificates (ECDSA on P-256) until it is
 * forgotten, and keeps its key in memory only, so that nobody can issue under it later.
 */
public final class TrialAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration EARLIER = Duration.ofHours(1);

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /**
     * A certificate with its key.
     *
     * @param key PKCS #8
     */
    public record Issued(X509Certificate certificate, PrivateKey key) {
        /** The certificate as PEM. */
        public String certificatePem() {
            return CallerCertificate.pem(certificate);
        }

        /** The key as PEM. */
        public String keyPem() {
            return Pem.encoded("PRIVATE KEY", key.getEncoded());
        }
    }

    /** A new authority; its certificate ends then. */
    public TrialAuthority(String commonName, Instant notAfter) {
        this.name = new X500Name("CN=" + commonName);
        this.keys = pair();
        this.certificate =
                sign(name, keys, List.of(), Instant.now().minus(EARLIER), notAfter, true);
    }

    /** Its own certificate as PEM, for those who shall trust it. */
    public String pem() {
        return CallerCertificate.pem(certificate);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a certificate.
     *
     * @param hosts names and IPv4 addresses that it is for; none for a caller
     */
    public Issued issue(String commonName, List<String> hosts, Instant notAfter) {
        return issue(commonName, hosts, Instant.now().minus(EARLIER), notAfter);
    }

    /** Issues a certificate that begins at a time. */
    public Issued issue(
            String commonName, List<String> hosts, Instant notBefore, Instant notAfter) {
        KeyPair made = pair();
        return new Issued(
                sign(new X500Name("CN=" + commonName), made, hosts, notBefore, notAfter, false),
                made.getPrivate());
    }

    private X509Certificate sign(
            X500Name subject,
            KeyPair of,
            List<String> hosts,
            Instant notBefore,
            Instant notAfter,
            boolean authority) {
        V3TBSCertificateGenerator parts = new V3TBSCertificateGenerator();
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        parts.setSerialNumber(new ASN1Integer(new BigInteger(96, RANDOM).add(BigInteger.ONE)));
        parts.setIssuer(name);
        parts.setSubject(subject);
        parts.setStartDate(new Time(Date.from(notBefore)));
        parts.setEndDate(new Time(Date.from(notAfter)));
        parts.setSignature(algorithm);
        parts.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(of.getPublic().getEncoded()));
        try {
            parts.setExtensions(extensions(hosts, authority).generate());
            var signed = parts.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getEncoded("DER"));
            ASN1EncodableVector whole = new ASN1EncodableVector();
            whole.add(signed);
            whole.add(algorithm);
            whole.add(new DERBitString(signature.sign()));
            byte[] der = new DERSequence(whole).getEncoded("DER");
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No certificate can be made", e);
        }
    }

    private static ExtensionsGenerator extensions(List<String> hosts, boolean authority)
            throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        extensions.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
        if (!hosts.isEmpty()) {
            GeneralName[] names =
                    hosts.stream()
                            .map(
                                    host ->
                                            new GeneralName(
                                                    host.matches("[0-9.]+")
                                                            ? GeneralName.iPAddress
                                                            : GeneralName.dNSName,
                                                    host))
                            .toArray(GeneralName[]::new);
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return extensions;
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 is missing", e);
        }
    }
}

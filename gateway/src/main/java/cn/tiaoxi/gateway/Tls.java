package cn.tiaoxi.gateway;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's certificate in force, and a watch over its files: new ones are in force within
 * three seconds for new connections; a bad one is refused and said, and the old one stays.
 */
final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration WARN_BEFORE = Duration.ofDays(14);
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> OLDER_CIPHERS =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final TlsSettings settings;
    private final Thread watch;
    private volatile InForce inForce;
    private volatile @Nullable String problem;

    private record InForce(SslContext context, Instant notAfter) {}

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they are no good
     */
    Tls(TlsSettings settings) {
        this.settings = settings;
        this.inForce = load();
        this.watch = Thread.ofVirtual().name("certificate-watch").unstarted(this::watch);
    }

    void start() {
        watch.start();
    }

    /** For the next connection. */
    SslContext context() {
        return inForce.context();
    }

    /**
     * What health says of it: until when the certificate is valid, and what is wrong with a new
     * one.
     */
    Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("notAfter", inForce.notAfter().toString());
        String wrong = problem;
        if (wrong != null) {
            health.put("problem", wrong);
        }
        return health;
    }

    private InForce load() {
        TlsIdentity identity =
                TlsIdentity.read(settings.certificate(), settings.key(), Instant.now());
        boolean older = settings.oldest().equals("1.2");
        List<String> ciphers = new ArrayList<>(CIPHERS);
        if (older) {
            ciphers.addAll(OLDER_CIPHERS);
        }
        Path clients = settings.clients();
        try {
            SslContext context =
                    SslContextBuilder.forServer(
                                    identity.key(),
                                    identity.chain().toArray(X509Certificate[]::new))
                            .sslProvider(SslProvider.JDK)
                            .protocols(older ? List.of("TLSv1.3", "TLSv1.2") : List.of("TLSv1.3"))
                            .ciphers(ciphers)
                            .clientAuth(ClientAuth.OPTIONAL)
                            .trustManager(CallerTrust.of(clients))
                            .applicationProtocolConfig(
                                    new ApplicationProtocolConfig(
                                            ApplicationProtocolConfig.Protocol.ALPN,
                                            ApplicationProtocolConfig.SelectorFailureBehavior
                                                    .NO_ADVERTISE,
                                            ApplicationProtocolConfig
                                                    .SelectedListenerFailureBehavior.ACCEPT,
                                            ApplicationProtocolNames.HTTP_2,
                                            ApplicationProtocolNames.HTTP_1_1))
                            .build();
            return new InForce(context, identity.notAfter());
        } catch (SSLException e) {
            throw new IllegalArgumentException(
                    settings.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void watch() {
        String used = state();
        String seen = used;
        Instant warned = Instant.MIN;
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            String now = state();
            // Certificate and key are written one after the other: wait until they rest.
            if (now.equals(seen) && !now.equals(used)) {
                used = now;
                reload();
            }
            seen = now;
            warned = warn(warned);
        }
    }

    private void reload() {
        try {
            InForce loaded = load();
            inForce = loaded;
            problem = null;
            LOG.info("A new certificate is in force, valid until {}", loaded.notAfter());
        } catch (RuntimeException e) {
            problem = e.getMessage();
            LOG.error("The new certificate is refused, the old one stays: {}", e.getMessage());
        }
    }

    private Instant warn(Instant warned) {
        Instant now = Instant.now();
        Instant end = inForce.notAfter();
        if (now.isBefore(end.minus(WARN_BEFORE)) || now.isBefore(warned.plus(Duration.ofDays(1)))) {
            return warned;
        }
        LOG.warn("The certificate expires on {}", end);
        return now;
    }

    /** Changes when a file does. */
    private String state() {
        StringBuilder state = new StringBuilder();
        for (Path file :
                settings.clients() == null
                        ? List.of(settings.certificate(), settings.key())
                        : List.of(settings.certificate(), settings.key(), settings.clients())) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.append(attributes.lastModifiedTime())
                        .append(attributes.size())
                        .append(attributes.fileKey());
            } catch (IOException e) {
                state.append('-');
            }
        }
        return state.toString();
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}

package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SignedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the policy in force, in memory and on disk. */
final class PolicyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);
    private static final String FILE = "policy.json";

    private final GatewaySettings settings;
    private final OwnFolder folder;
    private final InstantSource clock;
    private volatile @Nullable Policy current;

    PolicyKeeper(GatewaySettings settings, OwnFolder folder, InstantSource clock) {
        this.settings = settings;
        this.folder = folder;
        this.clock = clock;
    }

    /** The policy in force, or null before the first. */
    @Nullable Policy current() {
        return current;
    }

    long version() {
        Policy policy = current;
        return policy == null ? 0 : policy.version();
    }

    /** Puts the last good policy into force, if there is one on disk and its signature holds. */
    void restore() {
        folder.read(FILE)
                .ifPresent(
                        bytes -> {
                            try {
                                current = open(bytes);
                                LOG.info("Policy {} is in force, from disk", version());
                            } catch (IOException | RuntimeException e) {
                                LOG.error("The policy on disk is not used: {}", e.getMessage());
                            }
                        });
    }

    /**
     * Puts a newer policy into force at once, then keeps it on disk: should the disk fail, a
     * revocation still bites.
     *
     * @throws IllegalArgumentException if its signature does not hold, it is not newer, or it
     *     contradicts itself; the one in force stays
     * @throws IOException if the platform's key or the shared token cannot be read
     */
    synchronized void apply(byte[] signedPolicy) throws IOException {
        Policy next = open(signedPolicy);
        if (next.version() <= version()) {
            throw new IllegalArgumentException(
                    "Policy " + next.version() + " is not newer than " + version());
        }
        current = next;
        next.problems().forEach(problem -> LOG.warn("Policy {}: {}", next.version(), problem));
        folder.write(FILE, signedPolicy);
        LOG.info("Policy {} is in force", next.version());
    }

    private Policy open(byte[] signedPolicy) throws IOException {
        var key = Ed25519Keys.publicKey(Files.readString(settings.policyKeyFile()));
        SealedSecret sealed = new SealedSecret(token());
        PolicySnapshot snapshot = SignedPolicy.read(signedPolicy).open(key);
        return new Policy(snapshot, sealed, clock.instant());
    }

    /** The token that platform and gateways share, as its file says now. */
    String token() throws IOException {
        return Files.readString(settings.tokenFile()).strip();
    }
}

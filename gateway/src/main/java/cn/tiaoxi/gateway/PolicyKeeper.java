package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.GatewayHeartbeat.RefusedPolicy;
import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyHead;
import cn.tiaoxi.contract.PolicyReader;
import cn.tiaoxi.contract.SealedSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the policy in force, in memory and on disk. Calls read it; one thread changes it, and calls
 * under way keep the one that they began with.
 */
final class PolicyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);

    /** How long a whole policy that only shortens what lies on the disk may wait. */
    private static final Duration BETWEEN_WHOLES = Duration.ofMinutes(1);

    private final GatewaySettings settings;
    private final InstantSource clock;
    private final PolicyFiles files;
    private volatile @Nullable Policy current;
    private volatile @Nullable RefusedPolicy refused;

    // Guarded by this.
    private boolean diverged;
    private boolean diskBehind;
    private Instant wholeAsked = Instant.MIN;
    private @Nullable String refusedHash;

    PolicyKeeper(GatewaySettings settings, OwnFolder folder, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.files = new PolicyFiles(folder);
    }

    /**
     * What to ask the platform for: what changed since the policy in force, or all.
     *
     * @param version in force, 0 before the first
     * @param digest of what is in force; null for all, even if it is no newer
     */
    record Question(long version, @Nullable PolicyDigest digest) {}

    /** The policy in force, or null before the first. */
    @Nullable Policy current() {
        return current;
    }

    long version() {
        Policy policy = current;
        return policy == null ? 0 : policy.version();
    }

    /** The policy that was refused after the one in force had come, or null. */
    @Nullable RefusedPolicy refused() {
        return refused;
    }

    /** Puts the last good policy into force, if there is one on disk and its signature holds. */
    synchronized void restore() {
        try {
            PublicKey key = key();
            SealedSecret sealed = sealed();
            if (!files.whole(in -> current = whole(PolicyReader.open(in, key), sealed))) {
                restoreEarlier(key, sealed);
            }
            if (current != null) {
                files.changes(in -> current = changedOnDisk(in, key, sealed));
                LOG.info("Policy {} is in force, from disk", version());
            }
        } catch (IOException | RuntimeException | Error e) { // Too little memory, say.
            LOG.error("The policy on disk is not used: {}", e.toString());
            diskBehind = true;
        }
    }

    private void restoreEarlier(PublicKey key, SealedSecret sealed) {
        byte[] earlier = files.earlier();
        if (earlier != null) {
            current = EarlierPolicyFile.read(earlier, key, sealed, clock.instant());
            diverged = true;
        }
    }

    /** A change that a newer whole policy has overtaken is passed over. */
    private Policy changedOnDisk(InputStream in, PublicKey key, SealedSecret sealed)
            throws IOException {
        Policy before = java.util.Objects.requireNonNull(current);
        PolicyReader reader = PolicyReader.open(in, key);
        if (reader.head().version() <= before.version()) {
            reader.forEach(item -> {});
            return before;
        }
        return changed(reader, before, sealed);
    }

    /** What is to be asked for next. */
    synchronized Question question() {
        Policy policy = current;
        if (policy == null) {
            return new Question(0, null);
        }
        boolean shorten =
                (diskBehind || files.manyChanges())
                        && clock.instant().isAfter(wholeAsked.plus(BETWEEN_WHOLES));
        if (diverged || shorten) {
            wholeAsked = clock.instant();
            return new Question(policy.version(), null);
        }
        return new Question(policy.version(), policy.digest());
    }

    /**
     * Puts what the platform answered into force: first on disk, then in memory. Should the disk
     * fail, a change comes into force all the same, for a revocation has to bite.
     *
     * @throws IllegalArgumentException if it does not hold; the policy in force stays
     * @throws IOException if it ends too early, or the platform's key, the shared token or the disk
     *     fail
     */
    synchronized void apply(InputStream answer) throws IOException {
        long claimed = 0;
        PolicyHead head = null;
        try {
            PublicKey key = key();
            SealedSecret sealed = sealed();
            Tee tee = new Tee(answer);
            PolicyReader reader = PolicyReader.open(tee, key);
            head = reader.head();
            claimed = head.version();
            Policy next = head.whole() ? taken(reader, tee, sealed) : change(reader, tee, sealed);
            next.problems().forEach(problem -> LOG.warn("Policy {}: {}", next.version(), problem));
            current = next;
            refused = null;
            refusedHash = null;
            LOG.info("Policy {} is in force", next.version());
        } catch (RuntimeException | Error e) {
            refuse(claimed, head, e);
            throw e;
        }
    }

    private void refuse(long version, @Nullable PolicyHead head, Throwable reason) {
        diverged = current != null;
        String text = reason instanceof Error ? reason.toString() : reason.getMessage();
        RefusedPolicy before = refused;
        if (before == null || before.version() != version || !before.reason().equals(text)) {
            refused = new RefusedPolicy(version, String.valueOf(text), clock.instant());
        }
        if (head != null && !(reason instanceof Error)) {
            refusedHash = head.sha256();
        }
    }

    private Policy change(PolicyReader reader, Tee tee, SealedSecret sealed) throws IOException {
        Policy before = current;
        if (before == null) {
            throw new IllegalArgumentException("A change came before a whole policy");
        }
        Policy next = changed(reader, before, sealed);
        if (!diskBehind) {
            try {
                files.append(tee.taken());
            } catch (IOException e) {
                diskBehind = true;
                LOG.error(
                        "Policy {} is in force but not on disk: {}", next.version(), e.toString());
            }
        }
        return next;
    }

    private Policy changed(PolicyReader reader, Policy before, SealedSecret sealed)
            throws IOException {
        PolicyHead head = reader.head();
        requireNewer(head, before);
        PolicyHead.Base base = head.base();
        if (base == null
                || base.version() != before.version()
                || before.digest() == null
                || !base.digest().equals(before.digest().toString())) {
            throw new IllegalArgumentException(
                    "The change to policy %d does not build on policy %d as it is in force"
                            .formatted(head.version(), before.version()));
        }
        PolicyDraft draft = new PolicyDraft(sealed, before);
        reader.forEach(draft::accept);
        return draft.done(head, clock.instant());
    }

    private static void requireNewer(PolicyHead head, Policy before) {
        if (head.version() <= before.version()) {
            throw new IllegalArgumentException(
                    "Policy " + head.version() + " is not newer than " + before.version());
        }
    }

    /** A whole policy goes to the disk as it is read. */
    private Policy taken(PolicyReader reader, Tee tee, SealedSecret sealed) throws IOException {
        PolicyHead head = reader.head();
        Policy before = current;
        if (head.sha256().equals(refusedHash)) {
            RefusedPolicy known = refused;
            throw new IllegalArgumentException(
                    known == null ? "Policy " + head.version() + " came again" : known.reason());
        }
        if (before != null && !isSame(head, before)) {
            requireNewer(head, before);
        }
        Policy next;
        try (FileChannel draft = files.draft()) {
            tee.to(Channels.newOutputStream(draft));
            next = whole(reader, sealed);
            draft.force(true);
        }
        files.keepDraft();
        diverged = false;
        diskBehind = false;
        return next;
    }

    /** Whether it is the one in force, asked for again to have it on the disk in one piece. */
    private static boolean isSame(PolicyHead head, Policy before) {
        PolicyDigest digest = before.digest();
        return head.version() == before.version()
                && (digest == null || head.digest().equals(digest.toString()));
    }

    private Policy whole(PolicyReader reader, SealedSecret sealed) throws IOException {
        if (!reader.head().whole()) {
            throw new IllegalArgumentException("That is a change and no whole policy");
        }
        PolicyDraft draft = new PolicyDraft(sealed);
        reader.forEach(draft::accept);
        return draft.done(reader.head(), clock.instant());
    }

    private PublicKey key() throws IOException {
        return Ed25519Keys.publicKey(Files.readString(settings.policyKeyFile()));
    }

    private SealedSecret sealed() throws IOException {
        return new SealedSecret(token());
    }

    /**
     * Opens what is sealed with the token.
     *
     * @throws IllegalArgumentException if the token cannot be read
     */
    SealedSecret opener() {
        try {
            return sealed();
        } catch (IOException e) {
            throw new IllegalArgumentException("The token cannot be read", e);
        }
    }

    /** The token that platform and gateways share, as its file says now. */
    String token() throws IOException {
        return Files.readString(settings.tokenFile()).strip();
    }

    /** Keeps what is read of a stream: at first in memory, then where it is told to. */
    private static final class Tee extends java.io.FilterInputStream {
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private OutputStream copy = memory;

        private Tee(InputStream in) {
            super(in);
        }

        private byte[] taken() {
            return memory.toByteArray();
        }

        private void to(OutputStream other) throws IOException {
            memory.writeTo(other);
            copy = other;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                copy.write(one);
            }
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count > 0) {
                copy.write(into, offset, count);
            }
            return count;
        }
    }
}

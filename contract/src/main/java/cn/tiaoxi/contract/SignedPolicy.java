package cn.tiaoxi.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy, whole or what changed from one version to another, with the platform's signature. The
 * same bytes travel and lie on disks:
 *
 * <pre>
 * 8 bytes   "tiaoxiP2"
 * 4 bytes   length of the head, big-endian like all lengths
 *           head, a {@link PolicyHead} in JSON
 * 64 bytes  Ed25519 signature (RFC 8032) over {@link #CONTEXT} and the head
 *           body; its length and SHA-256 stand in the head. For each item
 *           1 byte kind, with 0x80 where it is removed · 2 bytes length · identifier
 *           and where it is put 4 bytes length · content (CBOR, {@link PolicyCodec})
 * </pre>
 */
public final class SignedPolicy {
    /** The media type under which it travels. */
    public static final String MEDIA_TYPE = "application/vnd.tiaoxi.policy";

    /** What is signed before the head, so that a signature cannot serve as another kind. */
    static final String CONTEXT = "tiaoxi-policy-v2\n";

    static final byte[] MAGIC = "tiaoxiP2".getBytes(StandardCharsets.US_ASCII);
    static final int SIGNATURE_BYTES = 64;
    static final int LONGEST_HEAD = 16 << 10;
    static final int LONGEST_ID = 1_000;
    static final int REMOVED = 0x80;

    private SignedPolicy() {}

    /** All that stands before the body. */
    public static byte[] opening(PolicyHead head, PrivateKey key) {
        byte[] bytes = Wire.JSON.writeValueAsBytes(head);
        byte[] signature;
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(CONTEXT.getBytes(StandardCharsets.US_ASCII));
            signer.update(bytes);
            signature = signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
        return ByteBuffer.allocate(MAGIC.length + 4 + bytes.length + SIGNATURE_BYTES)
                .put(MAGIC)
                .putInt(bytes.length)
                .put(bytes)
                .put(signature)
                .array();
    }

    static void verify(byte[] head, byte[] signature, PublicKey key) {
        boolean holds;
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(CONTEXT.getBytes(StandardCharsets.US_ASCII));
            verifier.update(head);
            holds = verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The policy's signature cannot be checked", e);
        }
        if (!holds) {
            throw new IllegalArgumentException("The policy's signature does not hold");
        }
    }

    /** A whole policy in memory. */
    public static byte[] whole(PolicySnapshot snapshot, PrivateKey key) {
        List<PolicyItem> items = PolicyItem.all(snapshot).toList();
        return signed(
                snapshot.version(), snapshot.issued(), null, PolicyDigest.of(snapshot), items, key);
    }

    /** What changed from one snapshot to another. */
    public static byte[] change(PolicySnapshot from, PolicySnapshot to, PrivateKey key) {
        Map<List<Object>, PolicyItem> before = new HashMap<>();
        PolicyItem.all(from).forEach(i -> before.put(List.of(i.kind(), i.id()), i));
        List<PolicyItem> items = new ArrayList<>();
        PolicyItem.all(to)
                .forEach(
                        item -> {
                            PolicyItem old = before.remove(List.of(item.kind(), item.id()));
                            if (old == null
                                    || !java.util.Arrays.equals(old.content(), item.content())) {
                                items.add(item);
                            }
                        });
        before.values().forEach(i -> items.add(PolicyItem.removed(i.kind(), i.id())));
        return signed(
                to.version(),
                to.issued(),
                new PolicyHead.Base(from.version(), PolicyDigest.of(from).toString()),
                PolicyDigest.of(to),
                items,
                key);
    }

    /**
     * Signs items in memory.
     *
     * @param base what a change builds on; null for a whole policy
     * @param digest of what the policy holds afterwards
     */
    public static byte[] signed(
            long version,
            Instant issued,
            PolicyHead.@Nullable Base base,
            PolicyDigest digest,
            Iterable<PolicyItem> items,
            PrivateKey key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PolicyBody body = new PolicyBody(bytes);
            for (PolicyItem item : items) {
                body.add(item);
            }
            byte[] opening = opening(body.end(version, issued, base, digest), key);
            return ByteBuffer.allocate(opening.length + bytes.size())
                    .put(opening)
                    .put(bytes.toByteArray())
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
    }

    /**
     * Reads a whole policy into memory.
     *
     * @throws IllegalArgumentException if its signature does not hold or it is no whole policy
     */
    public static PolicySnapshot open(byte[] signed, PublicKey key) {
        List<PolicySnapshot.PublishedInterface> interfaces = new ArrayList<>();
        List<PolicySnapshot.CallerApplication> applications = new ArrayList<>();
        List<PolicySnapshot.Grant> grants = new ArrayList<>();
        try {
            PolicyReader reader = PolicyReader.open(new ByteArrayInputStream(signed), key);
            if (!reader.head().whole()) {
                throw new IllegalArgumentException("That is a change and no whole policy");
            }
            reader.forEach(
                    item -> {
                        switch (item.kind()) {
                            case INTERFACE ->
                                    interfaces.add(
                                            item.read(PolicySnapshot.PublishedInterface.class));
                            case APPLICATION ->
                                    applications.add(
                                            item.read(PolicySnapshot.CallerApplication.class));
                            case GRANT -> grants.add(item.read(PolicySnapshot.Grant.class));
                        }
                    });
            return new PolicySnapshot(
                    reader.head().version(),
                    reader.head().issued(),
                    interfaces,
                    applications,
                    grants);
        } catch (IOException e) {
            throw new IllegalArgumentException("The policy ends too early", e);
        }
    }
}

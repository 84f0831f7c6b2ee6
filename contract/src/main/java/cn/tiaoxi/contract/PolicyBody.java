package cn.tiaoxi.contract;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a policy item by item, of any size; {@link SignedPolicy} says what stands
 * before it. For one thread.
 */
public final class PolicyBody {
    private static final int BUFFER = 64 << 10;

    private final MessageDigest sha256;
    private final DataOutputStream out;
    private final PolicyDigest.Hasher hasher = new PolicyDigest.Hasher();
    private PolicyDigest put = PolicyDigest.EMPTY;
    private long items;
    private long bytes;

    /** The stream is not closed. */
    public PolicyBody(OutputStream to) {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(new DigestOutputStream(to, sha256), BUFFER));
    }

    /** Writes one item. */
    public void add(PolicyItem item) throws IOException {
        byte[] id = item.id().getBytes(StandardCharsets.UTF_8);
        byte[] content = item.content();
        if (id.length > SignedPolicy.LONGEST_ID) {
            throw new IllegalArgumentException("Too long an identifier: " + item.id());
        }
        out.writeByte(item.kind().ordinal() | (content == null ? SignedPolicy.REMOVED : 0));
        out.writeShort(id.length);
        out.write(id);
        bytes += 3 + id.length;
        items++;
        if (content != null) {
            out.writeInt(content.length);
            out.write(content);
            bytes += 4 + content.length;
            put = put.plus(hasher.hash(item));
        }
    }

    /** The digest of all items put so far: that of a whole policy. */
    public PolicyDigest put() {
        return put;
    }

    /**
     * Ends the body and says what is to be signed.
     *
     * @param base what a change builds on; null for a whole policy
     * @param digest of what the policy holds afterwards
     */
    public PolicyHead end(
            long version, Instant issued, PolicyHead.@Nullable Base base, PolicyDigest digest)
            throws IOException {
        out.flush();
        return new PolicyHead(
                version,
                issued,
                base,
                digest.toString(),
                items,
                bytes,
                HexFormat.of().formatHex(sha256.digest()));
    }
}

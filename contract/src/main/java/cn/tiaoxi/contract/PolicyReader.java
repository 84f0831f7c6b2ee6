package cn.tiaoxi.contract;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Reads a {@link SignedPolicy} of any size from a stream and no byte beyond its end. The head is
 * checked at once; the items are as they were signed only when {@link #forEach} has returned. For
 * one thread.
 */
public final class PolicyReader {
    private static final int BUFFER = 64 << 10;

    private final PolicyHead head;
    private final InputStream in;

    private PolicyReader(PolicyHead head, InputStream in) {
        this.head = head;
        this.in = in;
    }

    /**
     * Reads the head and checks its signature.
     *
     * @throws IllegalArgumentException if it is no signed policy or its signature does not hold
     * @throws EOFException if it ends too early
     */
    public static PolicyReader open(InputStream in, PublicKey key) throws IOException {
        byte[] start = in.readNBytes(SignedPolicy.MAGIC.length + 4);
        int compared = Math.min(start.length, SignedPolicy.MAGIC.length);
        if (!Arrays.equals(start, 0, compared, SignedPolicy.MAGIC, 0, compared)) {
            throw new IllegalArgumentException("Not a signed policy");
        }
        requireWhole(start, SignedPolicy.MAGIC.length + 4);
        int length = ByteBuffer.wrap(start).getInt(SignedPolicy.MAGIC.length);
        if (length < 0 || length > SignedPolicy.LONGEST_HEAD) {
            throw new IllegalArgumentException("Not a signed policy: a head of " + length);
        }
        byte[] head = in.readNBytes(length);
        requireWhole(head, length);
        byte[] signature = in.readNBytes(SignedPolicy.SIGNATURE_BYTES);
        requireWhole(signature, SignedPolicy.SIGNATURE_BYTES);
        SignedPolicy.verify(head, signature, key);
        return new PolicyReader(Wire.read(head, PolicyHead.class), in);
    }

    private static void requireWhole(byte[] bytes, int length) throws EOFException {
        if (bytes.length < length) {
            throw new EOFException("The policy ends too early");
        }
    }

    public PolicyHead head() {
        return head;
    }

    /**
     * Hands all items over, then checks that they are what was signed: until this returns they may
     * be anything.
     *
     * @throws IllegalArgumentException if they are not, or one cannot be read
     * @throws EOFException if the body ends too early
     */
    public void forEach(Consumer<PolicyItem> each) throws IOException {
        MessageDigest sha256 = Sha256.begin();
        DataInputStream items =
                new DataInputStream(
                        new BufferedInputStream(
                                new DigestInputStream(new Limited(in, head.bytes()), sha256),
                                BUFFER));
        for (long i = 0; i < head.items(); i++) {
            each.accept(item(items));
        }
        if (items.read() >= 0) {
            throw new IllegalArgumentException("The policy holds more than it says");
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(head.sha256())) {
            throw new IllegalArgumentException("The policy is not what was signed");
        }
    }

    private PolicyItem item(DataInputStream items) throws IOException {
        int kind = items.readUnsignedByte();
        int number = kind & ~SignedPolicy.REMOVED;
        if (number >= KINDS.length) {
            throw new IllegalArgumentException("The policy needs a newer gateway: kind " + number);
        }
        String id = new String(bytes(items, items.readUnsignedShort()), StandardCharsets.UTF_8);
        boolean removed = (kind & SignedPolicy.REMOVED) != 0;
        return new PolicyItem(KINDS[number], id, removed ? null : bytes(items, items.readInt()));
    }

    private static final PolicyItem.Kind[] KINDS = PolicyItem.Kind.values();

    /** The longest content; an interface of ten thousand fields is shorter. */
    private static final int LONGEST_CONTENT = 16 << 20;

    private static byte[] bytes(DataInputStream items, int length) throws IOException {
        if (length < 0 || length > LONGEST_CONTENT) {
            throw new IllegalArgumentException("The policy holds an item of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        items.readFully(bytes);
        return bytes;
    }

    /** A stream that ends after so many bytes, and fails where the one below ends before. */
    private static final class Limited extends FilterInputStream {
        private long left;

        private Limited(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("The policy ends too early");
            }
            left -= count;
            return count;
        }

        @Override
        public void close() {}
    }
}

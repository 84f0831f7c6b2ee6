package cn.tiaoxi.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a policy holds, in 128 bits: the sum of its items' hashes, so that a change of the policy is
 * a sum too and nobody has to read the whole. It shows that platform and gateway hold the same;
 * that nobody forged it is for the signature to show.
 *
 * @param high the sum of the hashes' first eight bytes
 * @param low the sum of the next eight
 */
public record PolicyDigest(long high, long low) {
    /** The digest of a policy that holds nothing. */
    public static final PolicyDigest EMPTY = new PolicyDigest(0, 0);

    public PolicyDigest plus(PolicyDigest item) {
        return new PolicyDigest(high + item.high, low + item.low);
    }

    public PolicyDigest minus(PolicyDigest item) {
        return new PolicyDigest(high - item.high, low - item.low);
    }

    /** The digest of all that a snapshot holds. */
    public static PolicyDigest of(PolicySnapshot snapshot) {
        Hasher hasher = new Hasher();
        return PolicyItem.all(snapshot).map(hasher::hash).reduce(EMPTY, PolicyDigest::plus);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }

    /**
     * Reads {@link #toString}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PolicyDigest parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("Not a digest of a policy: " + text);
        }
        return new PolicyDigest(
                Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
    }

    /** Hashes items with SHA-256. For one thread. */
    public static final class Hasher {
        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        private final MessageDigest sha256;

        public Hasher() {
            try {
                this.sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is missing", e);
            }
        }

        /** The hash of an item that is put, of its kind, identifier and content. */
        public PolicyDigest hash(PolicyItem item) {
            byte[] content = item.content();
            if (content == null) {
                throw new IllegalArgumentException(item.id() + " is taken away");
            }
            sha256.update((byte) item.kind().ordinal());
            sha256.update(item.id().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            byte[] hash = sha256.digest(content);
            return new PolicyDigest((long) LONG.get(hash, 0), (long) LONG.get(hash, 8));
        }
    }
}

package cn.tiaoxi.contract;

import java.util.Objects;

/**
 * That each row of an interface which is delivered leaves a digest of whom or what it is about in
 * the trace.
 *
 * @param column column of the interface's table, or parameter of a service, whose value names the
 *     subject; it need be no field
 * @param kind what sort of subject it is: {@code resident-id}; digests of one kind and key can be
 *     compared across interfaces
 * @param key identifier of the digest key
 * @param sealed the key's 32 bytes, sealed by {@link SealedSecret} for {@link #sealedFor}
 */
public record SubjectRule(String column, String kind, String key, String sealed) {
    public SubjectRule {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(sealed, "sealed");
        if (!isName(kind) || !isName(key)) {
            throw new IllegalArgumentException(
                    "A kind of subject or a digest key has no plain name: " + kind + ", " + key);
        }
    }

    /** Names stand between spaces in a record. */
    private static boolean isName(String name) {
        return name.matches("[A-Za-z0-9._:-]{1,80}");
    }

    /** What {@link SealedSecret} binds a sealed digest key to. */
    public static String sealedFor(String key) {
        return "subject-digest:" + key;
    }

    /**
     * The digests of the key.
     *
     * @throws IllegalArgumentException if the key was sealed with another token
     */
    public SubjectDigests open(SealedSecret opener) {
        return new SubjectDigests(opener.open(sealedFor(key), sealed));
    }
}

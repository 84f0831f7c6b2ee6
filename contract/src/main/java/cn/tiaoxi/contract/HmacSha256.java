package cn.tiaoxi.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) under one key, for what is computed often. Safe for use by threads. */
public final class HmacSha256 {
    private static final String NAME = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

    /**
     * @param key secret bytes, at least one
     */
    public HmacSha256(byte[] key) {
        SecretKeySpec spec = new SecretKeySpec(key, NAME);
        this.macs = ThreadLocal.withInitial(() -> mac(spec));
    }

    /** The 32 bytes for a text in UTF-8. */
    public byte[] of(String text) {
        return macs.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The 32 bytes for a text in UTF-8, under a key that is used once. */
    public static byte[] of(byte[] key, String text) {
        return mac(new SecretKeySpec(key, NAME)).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(NAME + " is missing", e);
        }
    }
}

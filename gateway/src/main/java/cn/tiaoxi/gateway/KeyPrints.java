package cn.tiaoxi.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in the trace for a value that was asked for: an HMAC under a secret of this gateway.
 * Whoever holds the secret can tell whether a known person was looked up; nobody else can.
 */
final class KeyPrints {
    private static final int BYTES = 16;

    private final ThreadLocal<Mac> macs;

    KeyPrints(byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /** 22 characters that stand for the value of a key of an interface. */
    String print(String interfaceId, String key, Object value) {
        String text = interfaceId + '\0' + key + '\0' + value;
        byte[] print = macs.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(print, BYTES));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing", e);
        }
    }
}

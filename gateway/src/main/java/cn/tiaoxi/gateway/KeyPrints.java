package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.HmacSha256;
import java.util.Arrays;
import java.util.Base64;

/**
 * What stands in the trace for a value that was asked for: an HMAC under a secret of this gateway.
 * Whoever holds the secret can tell whether a known person was looked up; nobody else can.
 */
final class KeyPrints {
    private static final int BYTES = 16;

    private final HmacSha256 mac;

    KeyPrints(byte[] secret) {
        this.mac = new HmacSha256(secret);
    }

    /** 22 characters that stand for the value of a key of an interface. */
    String print(String interfaceId, String key, Object value) {
        String text = interfaceId + '\0' + key + '\0' + value;
        byte[] print = mac.of(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(print, BYTES));
    }
}

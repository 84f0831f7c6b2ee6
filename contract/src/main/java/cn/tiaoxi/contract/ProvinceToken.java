package cn.tiaoxi.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The province's token style: MD5 over key, secret and time. It covers neither parameters nor
 * address, and MD5 is broken; it is here for callers that cannot change yet.
 */
public final class ProvinceToken {
    private static final HexFormat HEX = HexFormat.of();

    private ProvinceToken() {}

    /**
     * The {@code sign} of a request: MD5 in lower-case hexadecimal.
     *
     * @param appKey the key's identifier
     * @param secret the app secret, the refresh secret or the request secret
     * @param requestTime milliseconds since 1970, 13 digits
     */
    public static String sign(String appKey, String secret, String requestTime) {
        String text = appKey + secret + requestTime;
        try {
            return HEX.formatHex(
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is missing", e);
        }
    }
}

package cn.tiaoxi.contract;

import java.util.Base64;

/** Keys as text: PEM (RFC 7468), or its Base64 alone. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException if it is not Base64
     */
    static byte[] decoded(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return Base64.getDecoder().decode(base64);
    }

    static String encoded(String label, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(bytes), label);
    }
}

package cn.tiaoxi.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Builds JSON in UTF-8 of texts that are escaped as canonical JSON does (RFC 8785, section
 * 3.2.2.2): the quotation mark, the reverse solidus and control characters, and nothing else. Half
 * of a surrogate pair becomes {@code ?}. For what is written for each call; elsewhere a generator
 * is easier to read.
 */
final class JsonText {
    private static final byte[] HEXADECIMAL =
            "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /**
     * @param usual bytes that it usually becomes
     */
    JsonText(int usual) {
        this.bytes = new byte[usual];
    }

    /** Adds ASCII as it is. */
    @SuppressWarnings("deprecation") // takes the low bytes, which is what ASCII is
    JsonText raw(String ascii) {
        int more = ascii.length();
        reserve(more);
        ascii.getBytes(0, more, bytes, length);
        length += more;
        return this;
    }

    /** Adds a text in quotation marks. */
    JsonText string(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(6 * encoded.length + 2);
        bytes[length++] = '"';
        for (byte each : encoded) {
            if (each >= 0 && each < 0x20 || each == '"' || each == '\\') {
                escaped(each);
            } else {
                bytes[length++] = each;
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Adds an object of texts, in the order of the map. */
    JsonText object(Map<String, String> members) {
        String before = "{";
        for (Map.Entry<String, String> each : members.entrySet()) {
            raw(before).string(each.getKey()).raw(":").string(each.getValue());
            before = ",";
        }
        return raw(members.isEmpty() ? "{}" : "}");
    }

    private void escaped(byte character) {
        bytes[length++] = '\\';
        switch (character) {
            case '"', '\\' -> bytes[length++] = character;
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                raw("u00");
                bytes[length++] = HEXADECIMAL[character >> 4];
                bytes[length++] = HEXADECIMAL[character & 15];
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** What was added. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}

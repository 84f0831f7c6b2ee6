package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a query string strictly: each name once, valid percent-encoding, valid UTF-8. */
final class QueryString {
    private static final int MOST_PARAMETERS = 64;

    private QueryString() {}

    /**
     * Parameters by name, in the order given.
     *
     * @param raw the query without its {@code ?}, as sent
     * @throws RefusedException if it is malformed or repeats a name
     */
    static Map<String, String> parse(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start <= raw.length() && !raw.isEmpty()) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            if (end > start) {
                add(raw.substring(start, end), parameters);
            }
            start = end + 1;
        }
        return parameters;
    }

    private static void add(String pair, Map<String, String> parameters) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (parameters.put(name, value) != null) {
            throw new RefusedException(Refusal.PARAMETER_REPEATED, name);
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "more than 64 parameters");
        }
    }

    private static String decode(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put(hex(text, i));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) (c == '+' ? ' ' : c));
            } else {
                throw new RefusedException(Refusal.REQUEST_MALFORMED, "query not percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "query not UTF-8");
        }
    }

    private static byte hex(String text, int percent) {
        if (percent + 2 >= text.length()) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "percent-encoding");
        }
        int high = Character.digit(text.charAt(percent + 1), 16);
        int low = Character.digit(text.charAt(percent + 2), 16);
        if (high < 0 || low < 0) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "percent-encoding");
        }
        return (byte) (high << 4 | low);
    }
}

package cn.tiaoxi.contract;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the structured fields (RFC 8941) that message signatures need: dictionaries of inner lists
 * and of byte sequences. Strict: anything else is an {@link IllegalArgumentException}.
 */
final class StructuredFieldReader {
    private static final int MOST_MEMBERS = 32;

    private final String text;
    private int at;

    StructuredFieldReader(String text) {
        this.text = text;
    }

    /** A dictionary whose members are inner lists of strings with parameters. */
    Map<String, SignatureInput> signatureInputs() {
        Map<String, SignatureInput> members = new LinkedHashMap<>();
        skipBlanks();
        while (!atEnd()) {
            String label = key();
            expect('=');
            List<String> components = innerList();
            members.put(label, new SignatureInput(label, components, parameters()));
            nextMember(members.size());
        }
        return members;
    }

    /** A dictionary whose members are byte sequences. */
    Map<String, byte[]> byteSequences() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        skipBlanks();
        while (!atEnd()) {
            String label = key();
            expect('=');
            members.put(label, bytes());
            parameters();
            nextMember(members.size());
        }
        return members;
    }

    private void nextMember(int count) {
        skipBlanks();
        if (atEnd()) {
            return;
        }
        expect(',');
        skipBlanks();
        if (atEnd() || count >= MOST_MEMBERS) {
            throw wrong("a member");
        }
    }

    private List<String> innerList() {
        expect('(');
        List<String> items = new ArrayList<>();
        skipSpaces();
        while (peek() != ')') {
            items.add(string());
            if (peek() != ' ' && peek() != ')' || items.size() > MOST_MEMBERS) {
                throw wrong("a component without parameters");
            }
            skipSpaces();
        }
        at++;
        return items;
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (!atEnd() && peek() == ';') {
            at++;
            skipSpaces();
            String name = key();
            Object value = Boolean.TRUE;
            if (!atEnd() && peek() == '=') {
                at++;
                value = bareItem();
            }
            if (parameters.put(name, value) != null || parameters.size() > MOST_MEMBERS) {
                throw wrong("each parameter once");
            }
        }
        return parameters;
    }

    private Object bareItem() {
        char c = peek();
        return c == '"' ? string() : integer();
    }

    private String key() {
        int start = at;
        while (!atEnd() && isKeyCharacter(text.charAt(at), at == start)) {
            at++;
        }
        if (at == start) {
            throw wrong("a key");
        }
        return text.substring(start, at);
    }

    private static boolean isKeyCharacter(char c, boolean first) {
        boolean start = c >= 'a' && c <= 'z' || c == '*';
        return start || !first && (c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.');
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                c = peek();
                at++;
                if (c != '"' && c != '\\') {
                    throw wrong("an escape");
                }
            } else if (c < 0x20 || c > 0x7e) {
                throw wrong("a printable character");
            }
            value.append(c);
        }
        at++;
        return value.toString();
    }

    private Long integer() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (!atEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits || at - digits > 15) {
            throw wrong("an integer or a string");
        }
        return Long.valueOf(text.substring(start, at));
    }

    private byte[] bytes() {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw wrong("the end of a byte sequence");
        }
        byte[] value = Base64.getDecoder().decode(text.substring(at, end));
        at = end + 1;
        return value;
    }

    private char peek() {
        if (atEnd()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private void skipSpaces() {
        while (!atEnd() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void skipBlanks() {
        while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("Expected " + expected + " at position " + at);
    }
}

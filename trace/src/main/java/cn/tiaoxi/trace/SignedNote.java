package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures, by <a href="https://c2sp.org/signed-note">signed-note</a>.
 *
 * @param text the signed text, ending in a newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<Line> signatures) {
    /** More signatures than this are refused; the specification asks for at least 16. */
    private static final int MAX_SIGNATURES = 100;

    private static final String MARK = "— ";

    /**
     * One signature line.
     *
     * @param name the key's name
     * @param id the key's id
     * @param signature the bytes after the id
     */
    public record Line(String name, int id, byte[] signature) {
        /** Copies the bytes. */
        public Line {
            VerifierKey.checkedName(name);
            signature = signature.clone();
        }

        /** The line in a note, without its end. */
        public String text() {
            byte[] bytes =
                    ByteBuffer.allocate(Integer.BYTES + signature.length)
                            .putInt(id)
                            .put(signature)
                            .array();
            return MARK + name + ' ' + Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Line line
                    && name.equals(line.name)
                    && id == line.id
                    && Arrays.equals(signature, line.signature);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + id;
        }
    }

    /** Checks the form. */
    public SignedNote {
        if (!text.endsWith("\n") || signatures.isEmpty()) {
            throw malformed("a note is a text ending in a newline, with at least one signature");
        }
        if (text.codePoints().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw malformed("a note has no control characters but newlines");
        }
        signatures = List.copyOf(signatures);
    }

    /** Signs a text. */
    public static SignedNote sign(String text, SigningKey signer) {
        return sign(text, List.of(signer));
    }

    /** Signs a text with several keys, in this order. */
    public static SignedNote sign(String text, List<? extends SigningKey> signers) {
        return new SignedNote(text, signers.stream().map(key -> line(text, key)).toList());
    }

    /** The signature of one key more. */
    public static Line line(String text, SigningKey signer) {
        NoteKey key = signer.verifier();
        return new Line(key.name(), key.id(), signer.sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same note with one signature more, which replaces an earlier one of the same key. */
    public SignedNote with(Line signature) {
        List<Line> all = new ArrayList<>(signatures);
        all.removeIf(l -> l.id == signature.id && l.name.equals(signature.name));
        all.add(signature);
        return new SignedNote(text, all);
    }

    /**
     * Reads a note. Nothing is verified yet.
     *
     * @throws TraceException MALFORMED
     */
    public static SignedNote parse(byte[] bytes) {
        CharBuffer decoded;
        try {
            decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, "the note is not valid UTF-8", e);
        }
        String note = decoded.toString();
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || split + 2 == note.length() || !note.endsWith("\n")) {
            throw malformed("the note has no signatures");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            lines.add(line(line));
            if (lines.size() > MAX_SIGNATURES) {
                throw malformed("the note has more than " + MAX_SIGNATURES + " signatures");
            }
        }
        return new SignedNote(note.substring(0, split + 1), lines);
    }

    private static Line line(String line) {
        int space = line.indexOf(' ', MARK.length());
        if (!line.startsWith(MARK) || space < 0) {
            throw malformed("not a signature line: " + line);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(space + 1));
        } catch (IllegalArgumentException e) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, "the signature is not Base64: " + line, e);
        }
        if (bytes.length < 5) {
            throw malformed("the signature is too short: " + line);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(line.substring(space + 1))) {
            throw malformed("the signature is not in the one form that Base64 has: " + line);
        }
        return new Line(
                line.substring(MARK.length(), space),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    /**
     * The text, once a signature of the given key has been verified. Signatures of unknown keys are
     * ignored.
     *
     * @throws TraceException SIGNATURE_WRONG if the key did not sign, or a signature of it is wrong
     */
    public String verified(NoteKey verifier) {
        return verified(verifier, List.of());
    }

    /**
     * The text, once the first key has been found to have signed it, and no signature of any of
     * these keys to be wrong.
     *
     * @param others keys that may have signed too
     * @throws TraceException SIGNATURE_WRONG
     */
    public String verified(NoteKey verifier, List<? extends NoteKey> others) {
        boolean found = isSignedBy(verifier);
        others.forEach(this::isSignedBy);
        if (!found) {
            throw new TraceException(
                    TraceException.Code.SIGNATURE_WRONG,
                    "the note is not signed by the key " + verifier.vkey());
        }
        return text;
    }

    /**
     * Whether that key signed.
     *
     * @throws TraceException SIGNATURE_WRONG if there is a signature of it that does not verify
     */
    public boolean isSignedBy(NoteKey key) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (Line line : signatures) {
            if (line.id == key.id() && line.name.equals(key.name())) {
                found = true;
                if (!key.verifies(signed, line.signature)) {
                    throw new TraceException(
                            TraceException.Code.SIGNATURE_WRONG,
                            "the signature of " + key.vkey() + " does not fit the text");
                }
            }
        }
        return found;
    }

    /** The bytes of the note. */
    public byte[] encode() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (Line line : signatures) {
            note.append(line.text()).append('\n');
        }
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static TraceException malformed(String message) {
        return new TraceException(TraceException.Code.MALFORMED, message);
    }
}

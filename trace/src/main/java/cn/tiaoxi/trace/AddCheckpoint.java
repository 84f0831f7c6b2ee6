package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log sends to a witness, by <a href="https://c2sp.org/tlog-witness">tlog-witness</a>.
 *
 * @param old size of the checkpoint that the witness cosigned last, 0 if it never did
 * @param proof consistency proof from there, at most 63 hashes
 * @param note the log's signed checkpoint
 */
record AddCheckpoint(long old, List<Hash> proof, SignedNote note) {
    private static final int MAX_PROOF = 63;
    private static final String OLD = "old ";
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    AddCheckpoint {
        if (old < 0 || proof.size() > MAX_PROOF) {
            throw malformed("a request has an old size from 0 and at most 63 hashes", null);
        }
        Checkpoint.parse(note.text());
        proof = List.copyOf(proof);
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n')
                .append(new String(note.encode(), StandardCharsets.UTF_8))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a request strictly. Nothing is verified yet.
     *
     * @throws TraceException MALFORMED
     */
    static AddCheckpoint parse(byte[] body) {
        String text = decoded(body);
        int split = text.indexOf("\n\n");
        if (split < 0 || !text.startsWith(OLD)) {
            throw malformed("not a request to cosign", null);
        }
        List<String> lines = List.of(text.substring(0, split).split("\n", -1));
        List<Hash> proof = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            proof.add(hash(line));
        }
        byte[] note = text.substring(split + 2).getBytes(StandardCharsets.UTF_8);
        return new AddCheckpoint(
                size(lines.getFirst().substring(OLD.length())), proof, SignedNote.parse(note));
    }

    /**
     * A tree size in decimal.
     *
     * @throws TraceException MALFORMED
     */
    static long size(String digits) {
        try {
            if (SIZE.matcher(digits).matches()) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw malformed("not a size: " + digits, e);
        }
        throw malformed("not a size: " + digits, null);
    }

    private static Hash hash(String line) {
        try {
            Hash hash = Hash.of(Base64.getDecoder().decode(line));
            if (hash.base64().equals(line)) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("not a hash: " + line, e);
        }
        throw malformed("not a hash: " + line, null);
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("the request is not valid UTF-8", e);
        }
    }

    private static TraceException malformed(String message, @Nullable Exception cause) {
        return new TraceException(TraceException.Code.MALFORMED, message, cause);
    }
}

package cn.tiaoxi.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that proves without any connection that an entry is in a log, by <a
 * href="https://c2sp.org/tlog-proof">tlog-proof</a>. Nothing in it is believed before {@link
 * #verify}.
 *
 * <pre>{@code
 * Checkpoint now = reader.refresh();
 * TlogProof proof = TlogProof.of(reader.inclusion(index), reader.note());
 * Files.writeString(folder.resolve("entry" + TlogProof.EXTENSION), proof.text());
 * }</pre>
 *
 * @param index the entry's place in the log, counted from 0
 * @param path the hashes from the leaf's sibling up to a child of the root, at most 63
 * @param note the checkpoint with all its signatures
 * @param extra what an application wants to hand on with it, not covered by any signature; empty if
 *     there is nothing
 */
public record TlogProof(long index, List<Hash> path, SignedNote note, byte[] extra) {
    /** How names of such files end. */
    public static final String EXTENSION = ".tlog-proof";

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 63;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    /** Checks the bounds and that the note is a checkpoint, and copies. */
    public TlogProof {
        if (index < 0 || path.size() > MAX_PATH) {
            throw malformed("a proof has an index from 0 and at most 63 hashes", null);
        }
        Checkpoint.parse(note.text());
        path = List.copyOf(path);
        extra = extra.clone();
    }

    /**
     * A proof with the signed checkpoint to which it leads.
     *
     * @param note what {@link TraceReader#note} answers, or the same with cosignatures
     * @throws TraceException MALFORMED if it is the note of another checkpoint
     */
    public static TlogProof of(TraceReader.Inclusion inclusion, byte[] note) {
        SignedNote signed = SignedNote.parse(note);
        if (!Checkpoint.parse(signed.text()).equals(inclusion.checkpoint())) {
            throw malformed("the proof leads to another checkpoint than the note signs", null);
        }
        return new TlogProof(inclusion.index(), inclusion.path(), signed, new byte[0]);
    }

    /** The content of the file. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (extra.length > 0) {
            text.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        for (Hash hash : path) {
            text.append(hash.base64()).append('\n');
        }
        return text.append('\n')
                .append(new String(note.encode(), StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Reads a file strictly. Nothing is verified yet.
     *
     * @throws TraceException MALFORMED
     */
    public static TlogProof parse(byte[] bytes) {
        String text = decoded(bytes);
        int split = text.indexOf("\n\n");
        if (split < 0) {
            throw malformed("a proof has an empty line before its checkpoint", null);
        }
        List<String> lines = List.of(text.substring(0, split).split("\n", -1));
        if (!lines.getFirst().equals(HEADER)) {
            throw malformed("a proof begins with " + HEADER, null);
        }
        int at = 1;
        byte[] extra = new byte[0];
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            extra = base64(lines.get(at).substring(EXTRA.length()));
            at++;
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
            throw malformed("a proof names the index of its entry", null);
        }
        long index = number(lines.get(at).substring(INDEX.length()));
        List<Hash> path = new ArrayList<>();
        for (String line : lines.subList(at + 1, lines.size())) {
            byte[] hash = base64(line);
            if (hash.length != Hash.BYTES) {
                throw malformed("not a hash: " + line, null);
            }
            path.add(Hash.of(hash));
        }
        byte[] note = text.substring(split + 2).getBytes(StandardCharsets.UTF_8);
        return new TlogProof(index, path, SignedNote.parse(note), extra);
    }

    /**
     * Checks that the log's key signed the checkpoint and that the entry is in its tree.
     *
     * @param leaf the hash of the entry, as {@link Hash#ofEntry} makes it
     * @param verifier the key of the log that is believed
     * @return the checkpoint
     * @throws TraceException MALFORMED, SIGNATURE_WRONG, KEY_MISMATCH if it is of another log,
     *     BROKEN if this entry is not at this index of the signed tree
     */
    public Checkpoint verify(Hash leaf, NoteVerifier verifier) {
        Checkpoint checkpoint = Checkpoint.verified(note.encode(), verifier);
        if (!Proofs.verifyInclusion(index, checkpoint.size(), leaf, path, checkpoint.root())) {
            throw new TraceException(
                    TraceException.Code.BROKEN,
                    "the proof does not lead from this entry, number "
                            + index
                            + ", to the root of "
                            + checkpoint.origin()
                            + " with "
                            + checkpoint.size()
                            + " entries");
        }
        return checkpoint;
    }

    @Override
    public byte[] extra() {
        return extra.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof proof
                && index == proof.index
                && path.equals(proof.path)
                && note.equals(proof.note)
                && Arrays.equals(extra, proof.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, path, note, Arrays.hashCode(extra));
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("the proof is not valid UTF-8", e);
        }
    }

    private static long number(String digits) {
        try {
            if (NUMBER.matcher(digits).matches()) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw malformed("not an index: " + digits, e);
        }
        throw malformed("not an index: " + digits, null);
    }

    /** Base64 in its one canonical form, so that reading and writing gives the same bytes. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("not Base64: " + text, e);
        }
        throw malformed("not Base64: " + text, null);
    }

    private static TraceException malformed(String message, @Nullable Exception cause) {
        return new TraceException(TraceException.Code.MALFORMED, message, cause);
    }
}

package cn.tiaoxi.trace;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tree head, by <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>.
 *
 * @param origin the log's name
 * @param size how many entries the tree has
 * @param root the root hash of the tree with that size
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    /** Checks origin and size. */
    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new TraceException(
                    TraceException.Code.MALFORMED,
                    "a checkpoint has an origin in one line and a size that is not negative");
        }
    }

    /** Reads the text of a checkpoint strictly; extension lines are allowed and ignored. */
    public static Checkpoint parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        boolean sound =
                lines.size() >= 4
                        && lines.getLast().isEmpty()
                        && lines.subList(0, lines.size() - 1).stream().noneMatch(String::isEmpty)
                        && SIZE.matcher(lines.get(1)).matches();
        if (!sound) {
            throw malformed(text, null);
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines.get(2));
            Checkpoint checkpoint =
                    new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.of(root));
            if (!checkpoint.root.base64().equals(lines.get(2))) {
                throw malformed(text, null);
            }
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    /** Verifies a signed checkpoint and that its origin is the key's name. */
    public static Checkpoint verified(byte[] note, NoteVerifier verifier) {
        return verified(note, verifier, List.of());
    }

    /**
     * Like {@link #verified(byte[], NoteVerifier)}; signatures of the other keys, if there are any,
     * must be right too.
     */
    public static Checkpoint verified(
            byte[] note, NoteVerifier verifier, List<? extends NoteKey> others) {
        Checkpoint checkpoint = parse(SignedNote.parse(note).verified(verifier, others));
        if (!checkpoint.origin.equals(verifier.name())) {
            throw new TraceException(
                    TraceException.Code.KEY_MISMATCH,
                    "the checkpoint is of "
                            + checkpoint.origin
                            + ", the key of "
                            + verifier.name());
        }
        return checkpoint;
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    private static TraceException malformed(String text, @Nullable Exception cause) {
        return new TraceException(
                TraceException.Code.MALFORMED,
                "not a checkpoint (origin, size, root): " + text.strip(),
                cause);
    }
}

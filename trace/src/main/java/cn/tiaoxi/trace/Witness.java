package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cosigns checkpoints of logs that only grow, by <a
 * href="https://c2sp.org/tlog-witness">tlog-witness</a>. It keeps the last checkpoint that it
 * cosigned of each log in a file, durable before it answers, so that no restart makes it forget.
 * Thread-safe; one witness must have its folder for itself.
 *
 * <p>The key of a log that is told first stays. Another one is believed if the one before has
 * signed the same checkpoint, as it does while a log changes its key.
 */
public final class Witness {
    private static final Pattern ORIGIN_HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SIZE = "text/x.tlog.size";

    private final Path folder;
    private final CosignatureSigner signer;
    private final Disk disk;

    /**
     * A witness.
     *
     * @param folder where it keeps what it saw; made if it is missing
     */
    public Witness(Path folder, CosignatureSigner signer) {
        this(folder, signer, Disk.REAL);
    }

    Witness(Path folder, CosignatureSigner signer, Disk disk) {
        this.folder = folder;
        this.signer = signer;
        this.disk = disk;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot make the folder " + folder, e);
        }
    }

    /** An answer for HTTP. */
    public record Answer(int status, String type, byte[] body) {
        private static Answer of(int status, String text) {
            return new Answer(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The public key under which it cosigns. */
    public CosignatureKey key() {
        return signer.verifier();
    }

    /**
     * Answers {@code add-checkpoint}: 200 with a cosignature; 400 malformed; 403 not signed by the
     * log's key; 404 unknown log; 409 with the size cosigned last if another was given; 422 if the
     * checkpoint does not continue it.
     *
     * @param told verifier key of the log, from somebody who may name logs; null to cosign only
     *     known logs
     * @throws TraceException UNREACHABLE if its files cannot be read or written
     */
    public synchronized Answer add(byte[] body, @Nullable String told) {
        try {
            AddCheckpoint request = AddCheckpoint.parse(body);
            Checkpoint now = Checkpoint.parse(request.note().text());
            String name = HexFormat.of().formatHex(hash(now.origin()));
            Optional<NoteVerifier> known = known(name);
            Optional<NoteVerifier> key = key(request.note(), now, known, told);
            if (key.isEmpty()) {
                return Answer.of(404, "unknown log " + now.origin());
            }
            try {
                Checkpoint.verified(request.note().encode(), key.get());
            } catch (TraceException e) {
                return Answer.of(403, String.valueOf(e.getMessage()));
            }
            return signed(request, now, name, key.get(), known);
        } catch (TraceException e) {
            if (e.code() != TraceException.Code.MALFORMED) {
                throw e;
            }
            return Answer.of(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot keep a cosigned checkpoint", e);
        }
    }

    private static Optional<NoteVerifier> key(
            SignedNote note, Checkpoint now, Optional<NoteVerifier> known, @Nullable String told) {
        if (told == null) {
            return known;
        }
        NoteVerifier named = NoteVerifier.parse(told);
        if (!named.name().equals(now.origin())) {
            return known;
        }
        boolean handedOver = known.isEmpty() || signs(note, known.get()) && signs(note, named);
        return handedOver ? Optional.of(named) : known;
    }

    private static boolean signs(SignedNote note, NoteVerifier key) {
        try {
            return note.isSignedBy(key);
        } catch (TraceException e) {
            return false;
        }
    }

    private Answer signed(
            AddCheckpoint request,
            Checkpoint now,
            String name,
            NoteVerifier key,
            Optional<NoteVerifier> known)
            throws IOException {
        if (request.old() > now.size()) {
            return Answer.of(400, "the old size is above the new");
        }
        Optional<Checkpoint> last =
                cosigned(name).map(note -> Checkpoint.parse(SignedNote.parse(note).text()));
        long size = last.map(Checkpoint::size).orElse(0L);
        if (request.old() != size) {
            return new Answer(409, SIZE, (size + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!continues(request, now, last.orElse(null))) {
            return Answer.of(422, "the checkpoint does not continue the one of size " + size);
        }
        SignedNote.Line cosignature = SignedNote.line(request.note().text(), signer);
        if (known.isEmpty() || !known.get().vkey().equals(key.vkey())) {
            keep(name + ".vkey", (key.vkey() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        keep(name, request.note().with(cosignature).encode());
        return Answer.of(200, cosignature.text());
    }

    private static boolean continues(
            AddCheckpoint request, Checkpoint now, @Nullable Checkpoint last) {
        if (now.size() == 0 && !now.root().equals(Hash.EMPTY)) {
            return false;
        }
        if (last == null || last.size() == 0) {
            return request.proof().isEmpty();
        }
        return Proofs.verifyConsistency(
                last.size(), now.size(), last.root(), now.root(), request.proof());
    }

    /**
     * The checkpoint of a log that it cosigned last, with the log's signatures and its own.
     *
     * @param originHash lower-case hexadecimal SHA-256 of the origin
     */
    public Optional<byte[]> cosigned(String originHash) {
        return ORIGIN_HASH.matcher(originHash).matches() ? read(originHash) : Optional.empty();
    }

    private Optional<NoteVerifier> known(String name) {
        return read(name + ".vkey")
                .map(text -> NoteVerifier.parse(new String(text, StandardCharsets.UTF_8)));
    }

    private Optional<byte[]> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot read " + file, e);
        }
    }

    private void keep(String name, byte[] content) throws IOException {
        Integrator.replace(disk, folder.resolve("new"), folder, name, content);
    }

    private static byte[] hash(String origin) {
        return TreeHasher.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
    }
}

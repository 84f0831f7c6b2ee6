package cn.tiaoxi.contract;

import cn.tiaoxi.trace.NoteKey;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.SigningKey;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign a log: Ed25519, by which it is believed, and SM2 for domestic evidence. Each
 * is made at the first start and kept in {@code NAME.pem} and {@code NAME-sm2.pem}.
 *
 * <p><b>Changing a key.</b> The file is renamed to {@code NAME-previous.pem}. At the next start a
 * new key is made; a record in the log, under a checkpoint of the previous key, announces it; and
 * from then on both sign until the previous file is removed, so that whoever follows the log has
 * time to read the announcement. A new SM2 key is announced in the same way; the Ed25519 key stands
 * for it. A key that the log does not announce is not to be believed.
 */
public final class LogKeys {
    /** Action of a record that announces a key: its verifier key is the detail {@code key}. */
    public static final String ANNOUNCED = "trace.key.announced";

    private static final String PREVIOUS = "-previous";
    private static final String NATIONAL = "-sm2";
    private static final String ENDING = ".pem";

    private final NoteSigner signer;
    private final Sm2NoteSigner national;
    private final @Nullable NoteSigner previous;

    private LogKeys(NoteSigner signer, Sm2NoteSigner national, @Nullable NoteSigner previous) {
        this.signer = signer;
        this.national = national;
        this.previous = previous;
    }

    /**
     * Reads the keys, and makes those that are missing.
     *
     * @param file the Ed25519 key's; the others' names follow from it
     * @param origin of the log
     */
    public static LogKeys loadOrCreate(Path file, String origin) {
        Path before = beside(file, PREVIOUS);
        return new LogKeys(
                NoteSigner.loadOrCreate(file, origin),
                national(beside(file, NATIONAL), origin),
                Files.exists(before) ? NoteSigner.load(before, origin) : null);
    }

    /** The file of the key before, beside that of a key. */
    public static Path previousOf(Path file) {
        return beside(file, PREVIOUS);
    }

    private static Path beside(Path file, String part) {
        String name = String.valueOf(file.getFileName());
        String stem =
                name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return file.resolveSibling(stem + part + ENDING);
    }

    private static Sm2NoteSigner national(Path file, String origin) {
        try {
            if (!Files.exists(file)) {
                NoteSigner.storeText(file, Sm2PrivateKey.generate().pem());
            }
            return new Sm2NoteSigner(origin, Sm2PrivateKey.of(Files.readString(file)));
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot read the key " + file, e);
        } catch (IllegalArgumentException e) {
            throw new TraceException(TraceException.Code.MALFORMED, file + " is not an SM2 key", e);
        }
    }

    /** The Ed25519 key, by which the log is believed. */
    public NoteSigner signer() {
        return signer;
    }

    /** The SM2 key. */
    public Sm2NoteKey national() {
        return national.verifier();
    }

    /** All keys that sign, that by which the log is believed first. */
    public List<SigningKey> all() {
        List<SigningKey> all = new ArrayList<>(List.of(signer));
        all.addAll(others());
        return all;
    }

    private List<SigningKey> others() {
        return previous == null ? List.of(national) : List.of(national, previous);
    }

    /**
     * Opens the log. Keys that it does not know yet are announced in it first, under the key that
     * it knows; a log without records needs no announcement.
     *
     * @throws TraceException as {@link TraceLog#open}; KEY_MISMATCH if the log belongs to a key of
     *     which there is no file
     */
    public TraceLog open(Path folder, TraceLog.Settings settings, InstantSource clock) {
        List<String> known = known(folder);
        if (!known.isEmpty()) {
            announce(folder, settings, clock, known);
        }
        return TraceLog.open(folder, signer, others(), settings);
    }

    private void announce(
            Path folder, TraceLog.Settings settings, InstantSource clock, List<String> known) {
        List<NoteKey> unknown =
                List.<NoteKey>of(signer.verifier(), national.verifier()).stream()
                        .filter(key -> !known.contains(key.vkey()))
                        .toList();
        NoteSigner old = previous;
        boolean changed = !known.getFirst().equals(signer.verifier().vkey());
        NoteSigner under = changed && old != null ? old : signer;
        if (unknown.isEmpty()) {
            return;
        }
        try (TraceLog log = TraceLog.open(folder, under, settings)) {
            if (changed || log.size() > 0) {
                unknown.forEach(key -> log.append(announcement(key, under, clock)).join());
            }
        }
    }

    private static byte[] announcement(NoteKey key, NoteSigner under, InstantSource clock) {
        return new TraceRecord(
                        TimeOrderedId.next().toString(),
                        clock.instant(),
                        TraceRecord.Kind.CHANGE,
                        "system",
                        "",
                        ANNOUNCED,
                        "log:" + key.name(),
                        "OK",
                        Map.of("key", key.vkey(), "under", under.verifier().vkey()))
                .toBytes();
    }

    private static List<String> known(Path folder) {
        Path file = folder.resolve(TraceLog.KEY_FILE);
        try {
            return Files.exists(file) ? Files.readString(file).strip().lines().toList() : List.of();
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot read " + file, e);
        }
    }

    /** The key that a record announces; empty if it announces none. */
    public static Optional<String> announced(TraceRecord record) {
        return record.action().equals(ANNOUNCED)
                ? Optional.ofNullable(record.detail("key"))
                : Optional.empty();
    }
}

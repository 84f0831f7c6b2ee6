package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.LogVerifier;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import cn.tiaoxi.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeysTests {
    private static final String ORIGIN = "test.example/log";

    @TempDir Path folder;

    private LogKeys keys() {
        return LogKeys.loadOrCreate(folder.resolve("trace.pem"), ORIGIN);
    }

    private TraceLog open(LogKeys keys) {
        return keys.open(folder.resolve("log"), TraceLog.Settings.DEFAULT, InstantSource.system());
    }

    private byte[] checkpoint() throws IOException {
        return Files.readAllBytes(folder.resolve("log/checkpoint"));
    }

    private LogVerifier.Verdict verdict(NoteVerifier key) {
        return new LogVerifier(new FolderTileSource(folder.resolve("log")), key).verify();
    }

    @Test
    void everyCheckpointIsSignedByBothKeys() throws IOException {
        LogKeys keys = keys();
        try (TraceLog log = open(keys)) {
            log.append(new byte[] {1}).join();
        }
        assertThat(Files.readAllLines(folder.resolve("log/key.vkey")))
                .containsExactly(keys.signer().verifier().vkey(), keys.national().vkey());
        SignedNote note = SignedNote.parse(checkpoint());
        assertThat(note.isSignedBy(keys.signer().verifier())).isTrue();
        assertThat(note.isSignedBy(Sm2NoteKey.parse(keys.national().vkey()))).isTrue();
        assertThat(Sm2NoteKey.isOne(keys.national().vkey())).isTrue();
        assertThat(Sm2NoteKey.isOne(keys.signer().verifier().vkey())).isFalse();
    }

    @Test
    void aWrongSecondSignatureIsAnErrorForWhoKnowsItsKey() throws IOException {
        LogKeys keys = keys();
        open(keys).close();
        SignedNote note = SignedNote.parse(checkpoint());
        SignedNote.Line right = note.signatures().getLast();
        byte[] flipped = right.signature();
        flipped[40] ^= 1;
        byte[] wrong = note.with(new SignedNote.Line(right.name(), right.id(), flipped)).encode();
        NoteVerifier verifier = keys.signer().verifier();
        assertThat(Checkpoint.verified(wrong, verifier).size()).isZero();
        assertThatThrownBy(() -> Checkpoint.verified(wrong, verifier, List.of(keys.national())))
                .isInstanceOfSatisfying(
                        TraceException.class,
                        e -> assertThat(e.code()).isEqualTo(TraceException.Code.SIGNATURE_WRONG));
        // The second signature alone is not enough.
        byte[] alone = new SignedNote(note.text(), List.of(right)).encode();
        assertThatThrownBy(() -> Checkpoint.verified(alone, verifier, List.of(keys.national())))
                .hasMessageContaining("is not signed by");
    }

    @Test
    void aChangedKeyIsAnnouncedUnderTheOneBefore() throws IOException {
        Path file = folder.resolve("trace.pem");
        LogKeys before = keys();
        try (TraceLog log = open(before)) {
            log.append(record()).join();
        }
        Files.move(file, LogKeys.previousOf(file));
        LogKeys after = keys();
        NoteVerifier old = before.signer().verifier();
        NoteVerifier made = after.signer().verifier();
        assertThat(made.vkey()).isNotEqualTo(old.vkey());
        try (TraceLog log = open(after)) {
            TraceRecord announced = TraceRecord.fromBytes(log.read(1));
            assertThat(LogKeys.announced(announced)).contains(made.vkey());
            log.append(record()).join();
        }
        // Who knows only the key before can still read, and finds the announcement.
        Checkpoint now =
                new TraceReader(new FolderTileSource(folder.resolve("log")), old, null).refresh();
        assertThat(now.size()).isEqualTo(3);
        assertThat(verdict(made)).isInstanceOf(LogVerifier.Sound.class);
        assertThat(NoteVerifier.ofFile(folder.resolve("log/key.vkey")).vkey())
                .isEqualTo(made.vkey());

        Files.delete(LogKeys.previousOf(file));
        try (TraceLog log = open(keys())) {
            assertThat(log.size()).isEqualTo(3);
            log.append(record()).join();
        }
        assertThat(verdict(made)).isInstanceOf(LogVerifier.Sound.class);
        assertThat(verdict(old)).isInstanceOf(LogVerifier.Broken.class);
    }

    @Test
    void aLostKeyDoesNotOpenTheLog() throws IOException {
        open(keys()).close();
        Files.delete(folder.resolve("trace.pem"));
        assertThatThrownBy(() -> open(keys()))
                .isInstanceOfSatisfying(
                        TraceException.class,
                        e -> assertThat(e.code()).isEqualTo(TraceException.Code.KEY_MISMATCH));
    }

    @Test
    void aLogFromBeforeTheSecondKeyAnnouncesIt() {
        NoteSigner signer = NoteSigner.loadOrCreate(folder.resolve("trace.pem"), ORIGIN);
        try (TraceLog log =
                TraceLog.open(folder.resolve("log"), signer, TraceLog.Settings.DEFAULT)) {
            log.append(record()).join();
        }
        LogKeys keys = keys();
        for (int i = 0; i < 2; i++) {
            try (TraceLog log = open(keys)) {
                assertThat(log.size()).isEqualTo(2);
                assertThat(LogKeys.announced(TraceRecord.fromBytes(log.read(1))))
                        .contains(keys.national().vkey());
            }
        }
    }

    private static byte[] record() {
        return new TraceRecord(
                        TimeOrderedId.next().toString(),
                        InstantSource.system().instant(),
                        TraceRecord.Kind.CHANGE,
                        "a",
                        "",
                        "b",
                        "c",
                        "OK",
                        java.util.Map.of())
                .toBytes();
    }
}

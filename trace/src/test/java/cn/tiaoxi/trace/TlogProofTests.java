package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTests {
    private final NoteSigner signer = NoteSigner.generate("test.example/proofs");
    @TempDir Path folder;

    private TraceReader log(int size) throws InterruptedException {
        try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL)) {
            Records.append(log, size);
            log.integrate();
        }
        TraceReader reader = new TraceReader(new FolderTileSource(folder), signer.verifier(), null);
        assertThat(reader.refresh().size()).isEqualTo(size);
        return reader;
    }

    @Test
    void everyEntryHasAFileThatProvesItAndNoOther() throws Exception {
        TraceReader reader = log(300);
        for (int index = 0; index < 300; index++) {
            TlogProof proof = TlogProof.of(reader.inclusion(index), reader.note());
            TlogProof read = TlogProof.parse(bytes(proof.text()));
            assertThat(read).isEqualTo(proof);
            assertThat(read.text()).isEqualTo(proof.text());
            Hash leaf = Hash.ofEntry(Records.record(index));
            assertThat(read.verify(leaf, signer.verifier())).isEqualTo(reader.seen());
            Hash other = Hash.ofEntry(Records.record(index + 1));
            assertCode(() -> read.verify(other, signer.verifier()), TraceException.Code.BROKEN);
        }
    }

    @Test
    void isWrittenAsTheSpecificationSays() throws Exception {
        TraceReader reader = log(2);
        TlogProof proof = TlogProof.of(reader.inclusion(1), reader.note());
        String sibling = Hash.ofEntry(Records.record(0)).base64();
        String note = new String(reader.note(), StandardCharsets.UTF_8);
        assertThat(proof.text())
                .isEqualTo("c2sp.org/tlog-proof@v1\nindex 1\n" + sibling + "\n\n" + note);
        byte[] extra = bytes("more");
        TlogProof more = new TlogProof(1, proof.path(), proof.note(), extra);
        assertThat(more.text()).startsWith("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 1\n");
        assertThat(TlogProof.parse(bytes(more.text()))).isEqualTo(more);
    }

    @Test
    void aLogOfOneNeedsNoHashes() throws Exception {
        TraceReader reader = log(1);
        TlogProof proof = TlogProof.of(reader.inclusion(0), reader.note());
        assertThat(proof.path()).isEmpty();
        TlogProof read = TlogProof.parse(bytes(proof.text()));
        read.verify(Hash.ofEntry(Records.record(0)), signer.verifier());
    }

    @Test
    void keepsCosignaturesOfKeysItDoesNotKnow() throws Exception {
        TraceReader reader = log(5);
        SignedNote own = SignedNote.parse(reader.note());
        List<SignedNote.Line> lines = new ArrayList<>(own.signatures());
        lines.add(new SignedNote.Line("witness.example/w1", 7, new byte[72]));
        SignedNote cosigned = new SignedNote(own.text(), lines);
        TlogProof proof = TlogProof.of(reader.inclusion(3), cosigned.encode());
        TlogProof read = TlogProof.parse(bytes(proof.text()));
        assertThat(read.note().signatures()).hasSize(2);
        read.verify(Hash.ofEntry(Records.record(3)), signer.verifier());
    }

    @Test
    void refusesAnotherIndexPathCheckpointOrKey() throws Exception {
        TraceReader reader = log(9);
        TlogProof proof = TlogProof.of(reader.inclusion(4), reader.note());
        Hash leaf = Hash.ofEntry(Records.record(4));
        TlogProof moved = new TlogProof(5, proof.path(), proof.note(), proof.extra());
        assertCode(() -> moved.verify(leaf, signer.verifier()), TraceException.Code.BROKEN);
        TlogProof shorter = new TlogProof(4, proof.path().subList(1, 4), proof.note(), new byte[0]);
        assertCode(() -> shorter.verify(leaf, signer.verifier()), TraceException.Code.BROKEN);
        NoteVerifier stranger = NoteSigner.generate("test.example/proofs").verifier();
        assertCode(() -> proof.verify(leaf, stranger), TraceException.Code.SIGNATURE_WRONG);
        String text = proof.text().replace("\n9\n", "\n8\n");
        TlogProof resized = TlogProof.parse(bytes(text));
        assertCode(
                () -> resized.verify(leaf, signer.verifier()), TraceException.Code.SIGNATURE_WRONG);
        TraceReader.Inclusion inclusion = reader.inclusion(4);
        byte[] other = SignedNote.sign(text.substring(text.indexOf("\n\n") + 2), signer).encode();
        assertCode(() -> TlogProof.of(inclusion, other), TraceException.Code.MALFORMED);
    }

    @Test
    void theNoteIsThatOfTheCheckpointSeenLast() throws Exception {
        TraceReader reader = log(3);
        byte[] before = reader.note();
        try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL)) {
            Records.append(log, 4);
            log.integrate();
        }
        assertThat(reader.note()).isEqualTo(before);
        assertThat(reader.refresh().size()).isEqualTo(7);
        assertThat(Checkpoint.verified(reader.note(), signer.verifier())).isEqualTo(reader.seen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index 0\n\nNOTE",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 00\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex -1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex  1\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nNOTE",
                "c2sp.org/tlog-proof@v1\r\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nHASH \n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\nMANY\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\n\n\nNOTE",
                "c2sp.org/tlog-proof@v1\nindex 0\n\n"
            })
    void refusesFilesOutOfForm(String form) {
        String hash = Hash.EMPTY.base64();
        Checkpoint checkpoint = new Checkpoint(signer.name(), 1, Hash.EMPTY);
        byte[] note = SignedNote.sign(checkpoint.text(), signer).encode();
        String text =
                form.replace("NOTE", new String(note, StandardCharsets.UTF_8))
                        .replace("HASH", hash)
                        .replace("MANY", (hash + "\n").repeat(64).strip());
        assertCode(
                () -> TlogProof.parse(bytes(text)).verify(Hash.EMPTY, signer.verifier()),
                TraceException.Code.MALFORMED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertCode(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, TraceException.Code code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code docs/samples/verify_log.py}, which was written from the specifications alone, over
 * logs that this library wrote.
 */
class IndependentVerifierTests {
    private static final Path SCRIPT =
            Path.of("../docs/samples/verify_log.py").toAbsolutePath().normalize();

    /** More than one tile of level 1. */
    private static final int SIZE = 70_000;

    private final NoteSigner signer = NoteSigner.generate("test.example/independent");
    private final String vkey = signer.verifier().vkey();
    @TempDir Path folder;
    private String said = "";

    @BeforeEach
    void needsPython() {
        assumeTrue(run("python3", "--version") == 0, "python3 is not on this machine");
    }

    @Test
    void checksALargeLogUpToItsHighestTile() throws Exception {
        fill(SIZE);
        assertThat(verify("--key", vkey, folder.toString())).as(said).isZero();
        assertThat(said).contains("SOUND", "70000 entries", "test.example/independent");
        changed("tile/entries/100", 7, "the entries from 25600 on");
        changed("tile/1/000", 32 * 3, "tile/1/000 and the entries from 768 on");
        changed("tile/2/000.p/1", 0, "tile/2/000.p/1 and the entries from 0 on");
    }

    @Test
    void saysWhoseKeyItBelieves() {
        fill(3);
        assertThat(verify("--key", vkey, folder.toString())).as(said).isZero();
        assertThat(said).contains("SOUND").doesNotContain("beside");
        assertThat(verify(folder.toString())).as(said).isZero();
        assertThat(said).contains("SOUND", "found beside the log");
        NoteVerifier stranger = NoteSigner.generate(signer.name()).verifier();
        assertThat(verify("--key", stranger.vkey(), folder.toString())).isEqualTo(1);
        assertThat(said).contains("BROKEN", "has not signed");
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        fill(700);
        changed("tile/0/001", 32 * 17, "tile/0/001 and the entries from 273 on");
        changed("tile/0/002.p/188", 32, "tile/0/002.p/188 and the entries from 513 on");
        without("tile/entries/001", "tile/entries/001 is missing");
        without("tile/1/000.p/2", "tile/1/000 is missing");
        without("checkpoint", "there is no checkpoint");
        Path bundle = folder.resolve("tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        Files.write(bundle, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("cut off at entry 511");
        Files.write(bundle, Arrays.copyOf(bytes, bytes.length + 2));
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("tile/entries/001 holds more");
    }

    @Test
    void findsEveryFlippedBit() throws Exception {
        fill(700);
        Random random = new Random(5);
        int flips = 0;
        for (Path file : resources()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 2; i++) {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, flipped);
                assertThat(verify("--key", vkey, folder.toString())).as(file + said).isEqualTo(1);
                flips++;
            }
            Files.write(file, bytes);
        }
        assertThat(flips).isGreaterThanOrEqualTo(16);
        assertThat(verify("--key", vkey, folder.toString())).as(said).isZero();
    }

    @Test
    void findsLogsOfAllShapesSound() throws Exception {
        try (TraceLog log = TraceLog.open(folder, signer, Records.SMALL)) {
            for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 512, 515}) {
                Records.append(log, size - (int) log.size());
                log.integrate();
                assertThat(verify("--key", vkey, folder.toString())).as(size + said).isZero();
                assertThat(said).contains(size + " entries");
            }
        }
    }

    @Test
    void checksAPrunedLogByItsHashes() throws Exception {
        fill(1100);
        for (int number = 0; number < 3; number++) {
            Files.delete(folder.resolve(Tile.entries(number, Tile.WIDTH)));
        }
        assertThat(verify("--minimum", "768", folder.toString())).as(said).isZero();
        assertThat(said).contains("those before 768 are pruned");
        assertThat(verify("--minimum", "767", folder.toString())).isEqualTo(1);
        assertThat(said).contains("tile/entries/002 is missing");
        flip("tile/0/001", 40);
        assertThat(verify("--minimum", "768", folder.toString())).isEqualTo(1);
        assertThat(said).contains("tile/1/000.p/4 and the entries from 256 on");
    }

    @Test
    void findsTheSampleLogOfTesseraSound() {
        String log = PublicData.tlog().resolve("tessera-testdata-log").toString();
        String key =
                "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
        assertThat(verify("--key", key, log)).as(said).isZero();
    }

    @Test
    void checksTheProofOfAnEntry() throws Exception {
        fill(700);
        TraceReader reader = reader();
        for (int index : new int[] {0, 1, 255, 256, 512, 698, 699}) {
            TlogProof proof = TlogProof.of(reader.inclusion(index), reader.note());
            assertThat(verify(proof, Records.record(index))).as(said).isZero();
            assertThat(said).contains("SOUND: this is entry " + index);
            assertThat(verify(proof, Records.record(index + 1))).isEqualTo(1);
            assertThat(said).contains("BROKEN", "does not lead from this entry");
        }
    }

    @Test
    void refusesProofsThatWereChanged() throws Exception {
        fill(700);
        TraceReader reader = reader();
        TlogProof proof = TlogProof.of(reader.inclusion(300), reader.note());
        byte[] entry = Records.record(300);
        TlogProof moved = new TlogProof(301, proof.path(), proof.note(), proof.extra());
        assertThat(verify(moved, entry)).isEqualTo(1);
        List<Hash> path = new ArrayList<>(proof.path());
        path.removeLast();
        assertThat(verify(new TlogProof(300, path, proof.note(), proof.extra()), entry))
                .isEqualTo(1);
        assertThat(said).contains("BROKEN", "wrong length");
        byte[] text = proof.text().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < text.length; at += 61) {
            byte[] flipped = text.clone();
            flipped[at] ^= 1;
            assertThat(verify(flipped, entry)).as("byte " + at + ": " + said).isEqualTo(1);
        }
    }

    /** By tlog-cosignature, made here from its text, since the witness is none of ours. */
    @Test
    void checksTheCosignaturesOfWitnesses() throws Exception {
        fill(20);
        TraceReader reader = reader();
        SignedNote own = SignedNote.parse(reader.note());
        NoteSigner key = NoteSigner.generate("witness.example/w1");
        byte[] raw = Base64.getDecoder().decode(key.verifier().vkey().split("\\+", 3)[2]);
        raw[0] = 4;
        byte[] name = "witness.example/w1\n".getBytes(StandardCharsets.UTF_8);
        byte[] named = ByteBuffer.allocate(name.length + raw.length).put(name).put(raw).array();
        int id = ByteBuffer.wrap(TreeHasher.sha256().digest(named)).getInt();
        String witness =
                "witness.example/w1+"
                        + HexFormat.of().toHexDigits(id)
                        + "+"
                        + Base64.getEncoder().encodeToString(raw);
        String message = "cosignature/v1\ntime 1679315147\n" + own.text();
        byte[] signature = key.sign(message.getBytes(StandardCharsets.UTF_8));
        byte[] stamped = ByteBuffer.allocate(72).putLong(1679315147).put(signature).array();
        SignedNote.Line line = new SignedNote.Line("witness.example/w1", id, stamped);
        SignedNote cosigned =
                new SignedNote(own.text(), List.of(own.signatures().getFirst(), line));
        TlogProof proof = TlogProof.of(reader.inclusion(7), cosigned.encode());
        assertThat(verify(proof, Records.record(7), "--witness", witness)).as(said).isZero();
        assertThat(said).contains("cosigned by witness.example/w1 at 2023-03-20T12:25:47Z");
        TlogProof alone = TlogProof.of(reader.inclusion(7), own.encode());
        assertThat(verify(alone, Records.record(7), "--witness", witness)).isEqualTo(1);
        assertThat(said).contains("witness.example/w1 has not signed");
        stamped[7]++;
        SignedNote.Line later = new SignedNote.Line("witness.example/w1", id, stamped);
        SignedNote forged = new SignedNote(own.text(), List.of(own.signatures().getFirst(), later));
        TlogProof wrong = TlogProof.of(reader.inclusion(7), forged.encode());
        assertThat(verify(wrong, Records.record(7), "--witness", witness)).isEqualTo(1);
        assertThat(said).contains("the signature of witness.example/w1 is wrong");
    }

    @Test
    void saysWhatItCannotCheck() {
        assertThat(verify(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(verify("--key", vkey, folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(verify("--key", "nonsense", folder.toString())).isEqualTo(2);
        assertThat(verify()).isEqualTo(2);
    }

    private void fill(int size) {
        FaultyDisk disk = new FaultyDisk(-1, FaultyDisk.Fault.BEFORE);
        try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT, disk)) {
            Records.append(log, size);
        }
    }

    private TraceReader reader() {
        TraceReader reader = new TraceReader(new FolderTileSource(folder), signer.verifier(), null);
        reader.refresh();
        return reader;
    }

    private List<Path> resources() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Tile.isResource(folder.relativize(file).toString()))
                    .sorted()
                    .toList();
        }
    }

    private void changed(String file, int at, String finding) throws IOException {
        flip(file, at);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("BROKEN", finding);
        flip(file, at);
    }

    private void flip(String file, int at) throws IOException {
        Path path = folder.resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 4;
        Files.write(path, bytes);
    }

    private void without(String file, String finding) throws IOException {
        Path path = folder.resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        Files.delete(path);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("BROKEN", finding);
        Files.write(path, bytes);
    }

    private int verify(TlogProof proof, byte[] entry, String... options) throws IOException {
        return verify(proof.text().getBytes(StandardCharsets.UTF_8), entry, options);
    }

    private int verify(byte[] proof, byte[] entry, String... options) throws IOException {
        Path file = folder.resolveSibling(folder.getFileName() + TlogProof.EXTENSION);
        Path leaf = folder.resolveSibling(folder.getFileName() + ".entry");
        try {
            List<String> arguments = new ArrayList<>(List.of("--key", vkey));
            arguments.addAll(List.of(options));
            arguments.add(Files.write(file, proof).toString());
            arguments.add(Files.write(leaf, entry).toString());
            return verify(arguments.toArray(String[]::new));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(leaf);
        }
    }

    private int verify(String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private int run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}

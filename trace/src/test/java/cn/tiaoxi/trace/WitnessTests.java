package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTests {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    @TempDir Path folder;
    private final NoteSigner signer = NoteSigner.generate("test.example/log");
    private final CosignatureSigner cosigner =
            new CosignatureSigner(
                    NoteSigner.generate("test.example/witness"), InstantSource.fixed(NOW));
    private Witness witness;

    @BeforeEach
    void start() {
        witness = new Witness(folder.resolve("witness"), cosigner);
    }

    private Path log() {
        return folder.resolve("log");
    }

    private byte[] grown(int records) throws IOException {
        try (TraceLog log = TraceLog.open(log(), signer, Records.SMALL)) {
            for (int i = 0; i < records; i++) {
                log.append(new byte[] {(byte) i}).join();
            }
        }
        return Files.readAllBytes(log().resolve("checkpoint"));
    }

    private Witness.Answer add(long old, byte[] note) {
        Tiles tiles =
                new Tiles(
                        new FolderTileSource(log()), Checkpoint.verified(note, signer.verifier()));
        List<Hash> proof = Proofs.consistency(tiles, old, tiles.checkpoint().size());
        return witness.add(
                new AddCheckpoint(old, proof, SignedNote.parse(note)).encode(),
                signer.verifier().vkey());
    }

    @Test
    void cosignsALogThatGrows() throws IOException {
        byte[] first = grown(3);
        Witness.Answer answer = add(0, first);
        assertThat(answer.status()).isEqualTo(200);
        SignedNote note =
                SignedNote.parse(
                        (SignedNote.parse(first).text()
                                        + "\n"
                                        + new String(answer.body(), StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
        CosignatureKey key = CosignatureKey.parse(witness.key().vkey());
        assertThat(key.time(note)).contains(NOW);
        assertThat(add(3, grown(300)).status()).isEqualTo(200);
        assertThat(add(303, grown(0)).status()).as("the same again").isEqualTo(200);
    }

    @Test
    void remembersAfterARestartAndNamesTheSizeInAConflict() throws IOException {
        add(0, grown(3));
        byte[] more = grown(2);
        witness = new Witness(folder.resolve("witness"), cosigner);
        Witness.Answer answer = add(0, more);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("text/x.tlog.size");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("3\n");
        assertThat(add(3, more).status()).isEqualTo(200);
        byte[] kept =
                witness.cosigned(
                                HexFormat.of()
                                        .formatHex(
                                                TreeHasher.sha256()
                                                        .digest(
                                                                signer.name()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))))
                        .orElseThrow();
        assertThat(Checkpoint.verified(kept, signer.verifier(), List.of(witness.key())).size())
                .isEqualTo(5);
        assertThat(witness.cosigned("../witness")).isEmpty();
    }

    @Test
    void refusesWhatTheSpecificationSays() throws IOException {
        byte[] note = grown(5);
        SignedNote signed = SignedNote.parse(note);
        String key = signer.verifier().vkey();
        byte[] body = new AddCheckpoint(0, List.of(), signed).encode();
        assertThat(witness.add(body, null).status()).as("unknown log").isEqualTo(404);
        assertThat(
                        witness.add(
                                        new AddCheckpoint(
                                                        0,
                                                        List.of(),
                                                        SignedNote.sign(
                                                                signed.text(),
                                                                NoteSigner.generate(signer.name())))
                                                .encode(),
                                        key)
                                .status())
                .as("another key")
                .isEqualTo(403);
        assertThat(witness.add(new byte[] {'o', 'l', 'd'}, key).status()).isEqualTo(400);
        assertThat(witness.add(new AddCheckpoint(9, List.of(), signed).encode(), key).status())
                .isEqualTo(400);
        assertThat(
                        witness.add(new AddCheckpoint(0, List.of(Hash.EMPTY), signed).encode(), key)
                                .status())
                .as("a proof from nothing")
                .isEqualTo(422);
        SignedNote empty =
                SignedNote.sign(new Checkpoint(signer.name(), 0, hash(7)).text(), signer);
        assertThat(witness.add(new AddCheckpoint(0, List.of(), empty).encode(), key).status())
                .isEqualTo(422);
        assertThat(witness.add(body, key).status()).isEqualTo(200);
        SignedNote fork = SignedNote.sign(new Checkpoint(signer.name(), 5, hash(8)).text(), signer);
        assertThat(witness.add(new AddCheckpoint(5, List.of(), fork).encode(), key).status())
                .as("another history of the same size")
                .isEqualTo(422);
        SignedNote longer =
                SignedNote.sign(new Checkpoint(signer.name(), 6, hash(9)).text(), signer);
        assertThat(
                        witness.add(new AddCheckpoint(5, List.of(hash(1)), longer).encode(), null)
                                .status())
                .as("a wrong proof")
                .isEqualTo(422);
    }

    @Test
    void believesANewKeyOnlyBesideTheOneBefore() throws IOException {
        add(0, grown(1));
        NoteSigner next = NoteSigner.generate(signer.name());
        String text = SignedNote.parse(Files.readAllBytes(log().resolve("checkpoint"))).text();
        byte[] alone = new AddCheckpoint(1, List.of(), SignedNote.sign(text, next)).encode();
        assertThat(witness.add(alone, next.verifier().vkey()).status()).isEqualTo(403);
        byte[] both =
                new AddCheckpoint(1, List.of(), SignedNote.sign(text, List.of(next, signer)))
                        .encode();
        assertThat(witness.add(both, next.verifier().vkey()).status()).isEqualTo(200);
        assertThat(witness.add(alone, null).status()).isEqualTo(200);
    }

    @Test
    void keepsTheCheckpointBeforeItAnswersWhateverCallFails() throws IOException {
        byte[] first = grown(2);
        assertThat(add(0, first).status()).isEqualTo(200);
        byte[] second = grown(2);
        List<String> seen = new ArrayList<>();
        for (int failAt = 0; failAt < 6; failAt++) {
            int at = failAt;
            Disk failing = new FailAt(at);
            Witness broken = new Witness(folder.resolve("witness"), cosigner, failing);
            Tiles tiles =
                    new Tiles(
                            new FolderTileSource(log()),
                            Checkpoint.verified(second, signer.verifier()));
            byte[] body =
                    new AddCheckpoint(2, Proofs.consistency(tiles, 2, 4), SignedNote.parse(second))
                            .encode();
            try {
                seen.add(String.valueOf(broken.add(body, null).status()));
            } catch (TraceException e) {
                seen.add(e.code().name());
            }
            // Whatever happened, what is kept is one or the other, whole.
            witness = new Witness(folder.resolve("witness"), cosigner);
            int status = add(2, second).status();
            assertThat(status).isIn(200, 409);
            Files.delete(folder.resolve("witness").resolve(name()));
            assertThat(add(0, SignedNote.parse(first).encode()).status()).isEqualTo(200);
        }
        assertThat(seen).contains("UNREACHABLE").endsWith("200");
    }

    private String name() {
        return HexFormat.of()
                .formatHex(
                        TreeHasher.sha256().digest(signer.name().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aClientFindsTheSizeByItselfAndNoticesARollback() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/w/add-checkpoint",
                exchange -> {
                    Witness.Answer answer =
                            witness.add(
                                    exchange.getRequestBody().readAllBytes(),
                                    exchange.getRequestHeaders()
                                            .getFirst(WitnessClient.KEY_HEADER));
                    exchange.sendResponseHeaders(answer.status(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                    exchange.close();
                });
        server.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WitnessClient client =
                    new WitnessClient(
                            http,
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w"),
                            "token",
                            witness.key());
            FolderTileSource source = new FolderTileSource(log());
            byte[] early = grown(4);
            client.cosign(source, early, signer.verifier(), 0);
            byte[] later = grown(400);
            SignedNote.Line line = client.cosign(source, later, signer.verifier(), 0);
            assertThat(witness.key().time(SignedNote.parse(later).with(line))).contains(NOW);
            assertThatThrownBy(() -> client.cosign(source, early, signer.verifier(), 4))
                    .isInstanceOfSatisfying(
                            TraceException.class,
                            e -> assertThat(e.code()).isEqualTo(TraceException.Code.ROLLED_BACK));
        } finally {
            server.stop(0);
        }
    }

    private static Hash hash(int filled) {
        byte[] bytes = new byte[Hash.BYTES];
        java.util.Arrays.fill(bytes, (byte) filled);
        return Hash.of(bytes);
    }

    /** Fails one call, counted from 0. */
    private static final class FailAt implements Disk {
        private int left;

        FailAt(int at) {
            this.left = at;
        }

        private void step() throws IOException {
            if (left-- == 0) {
                throw new IOException("injected");
            }
        }

        @Override
        public Writable open(Path file, boolean empty) throws IOException {
            step();
            Writable real = Disk.REAL.open(file, empty);
            return new Writable() {
                @Override
                public void write(java.nio.ByteBuffer bytes, long position) throws IOException {
                    step();
                    real.write(bytes, position);
                }

                @Override
                public void force() throws IOException {
                    step();
                    real.force();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public Whole whole(Path folder) {
            return Disk.REAL.whole(folder);
        }

        @Override
        public void createFolder(Path path) throws IOException {
            Disk.REAL.createFolder(path);
        }

        @Override
        public void forceFolder(Path path) throws IOException {
            step();
            Disk.REAL.forceFolder(path);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step();
            Disk.REAL.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            Disk.REAL.delete(path);
        }
    }
}

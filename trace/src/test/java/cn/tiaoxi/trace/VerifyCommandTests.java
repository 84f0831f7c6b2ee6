package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTests {
    private static final int SIZE = 70_000;
    private final NoteSigner signer = NoteSigner.generate("test.example/verify");
    @TempDir Path folder;
    private String said = "";

    @BeforeEach
    void fill() {
        FaultyDisk disk = new FaultyDisk(-1, FaultyDisk.Fault.BEFORE);
        try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT, disk)) {
            Records.append(log, SIZE);
        }
    }

    private int verify(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = VerifyCommand.run(List.of(arguments), Map.of("LANG", "C.UTF-8"), out);
        said = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void flip(String file, int at) throws Exception {
        Path path = folder.resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 4;
        Files.write(path, bytes);
    }

    @Test
    void provesOneEntryWithoutTheLog() throws Exception {
        String key = signer.verifier().vkey();
        TraceReader reader = new TraceReader(new FolderTileSource(folder), signer.verifier(), null);
        reader.refresh();
        TlogProof proof = TlogProof.of(reader.inclusion(4_711), reader.note());
        Path file = Files.writeString(folder.resolve("one.tlog-proof"), proof.text());
        Path entry = Files.write(folder.resolve("one.json"), reader.read(4_711).data());
        Path other = Files.write(folder.resolve("other.json"), reader.read(4_712).data());
        Path keyFile = Files.writeString(folder.resolve("log.vkey"), key + "\n");

        assertThat(verify("verify", "--key", key, file.toString(), entry.toString())).isZero();
        assertThat(said).contains("SOUND", "entry 4711", "70,000 entries");
        assertThat(verify("--key", keyFile.toString(), file.toString(), entry.toString())).isZero();
        assertThat(verify("--key", key, file.toString(), other.toString())).isEqualTo(1);
        assertThat(said).contains("BROKEN", "does not lead from this entry");
        String stranger = NoteSigner.generate("test.example/verify").verifier().vkey();
        assertThat(verify("--key", stranger, file.toString(), entry.toString())).isEqualTo(1);
        Files.writeString(file, "no proof");
        assertThat(verify("--key", key, file.toString(), entry.toString())).isEqualTo(1);
        assertThat(verify("--key", "no key", file.toString(), entry.toString())).isEqualTo(2);
        assertThat(verify(file.toString(), entry.toString())).isEqualTo(2);
        assertThat(said).contains("--key");
        assertThat(verify("--key", key, file.toString())).isEqualTo(2);
        assertThat(verify("--key", key, file.toString(), "/nowhere/entry")).isEqualTo(2);
    }

    @Test
    void findsASoundLogSound() {
        assertThat(verify("verify", folder.toString())).as(said).isZero();
        assertThat(said).contains("SOUND", "70,000 entries", "only as trustworthy as");
        assertThat(verify("--lang", "zh", folder.toString())).isZero();
        assertThat(said).contains("完好", "根哈希");
        assertThat(verify("--key", signer.verifier().vkey(), folder.toString())).isZero();
        assertThat(said).doesNotContain("trustworthy");
    }

    @Test
    void namesTheChangedEntry() throws Exception {
        byte[] bundle = Files.readAllBytes(folder.resolve("tile/entries/100"));
        int at = 0;
        for (int i = 0; i < 17; i++) {
            at += 2 + ((bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff);
        }
        flip("tile/entries/100", at + 3);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("an entry was changed", "tile/entries/100", "25617 ");
    }

    @Test
    void namesTheChangedTile() throws Exception {
        flip("tile/0/100", 32 * 17);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("a tile does not fit", "tile/0/100", "25617 ");
    }

    @Test
    void namesTheChangedTileAtTheEdge() throws Exception {
        flip("tile/0/273.p/112", 5);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("a tile does not fit", "tile/0/273.p/112", "69888 ");
    }

    @Test
    void namesTheChangedUpperTile() throws Exception {
        flip("tile/2/000.p/1", 5);
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("a tile does not fit", "tile/2/000.p/1");
    }

    @Test
    void namesWhatIsMissingOrCut() throws Exception {
        Files.delete(folder.resolve("tile/entries/200"));
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("is missing", "tile/entries/200", "51200 ");
        Files.write(folder.resolve("tile/entries/200"), new byte[] {0, 9, 1});
        assertThat(verify(folder.toString())).isEqualTo(1);
        assertThat(said).contains("wrong length or form", "tile/entries/200");
    }

    @Test
    void refusesACheckpointOfAnotherKey() {
        String stranger = NoteSigner.generate("test.example/verify").verifier().vkey();
        assertThat(verify("--key", stranger, folder.toString())).isEqualTo(1);
        assertThat(said).contains("not one that the key signed");
    }

    @Test
    void explainsItself() {
        assertThat(verify()).isEqualTo(2);
        assertThat(said).startsWith("Usage");
        assertThat(verify("--wrong", folder.toString())).isEqualTo(2);
        assertThat(verify("--key")).isEqualTo(2);
        assertThat(verify(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(said).contains("is not a folder");
    }

    @Test
    void readsOverHttpAndNoticesARollBack() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FolderTileSource files = new FolderTileSource(folder);
        server.createContext(
                "/log/",
                exchange -> {
                    boolean allowed =
                            "Bearer secret"
                                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                    String path = exchange.getRequestURI().getPath().substring("/log/".length());
                    Optional<byte[]> found = files.fetch(path);
                    byte[] body = found.orElse(new byte[0]);
                    int status = allowed ? found.isPresent() ? 200 : 404 : 401;
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/log");
            TileSource source = new HttpTileSource(client, uri, "secret");
            TraceReader reader = new TraceReader(source, signer.verifier(), null);
            assertThat(reader.refresh().size()).isEqualTo(SIZE);
            assertThat(reader.read(SIZE - 1).data()).isEqualTo(Records.record(SIZE - 1));
            assertThat(reader.inclusion(12_345).verifies()).isTrue();
            assertThat(source.fetch("tile/0/999")).isEmpty();
            assertCode(
                    () -> new HttpTileSource(client, uri, null).fetch("checkpoint"),
                    TraceException.Code.UNREACHABLE);

            Checkpoint longer = new Checkpoint(signer.name(), SIZE + 1, Hash.EMPTY);
            assertCode(
                    () -> new TraceReader(source, signer.verifier(), longer).refresh(),
                    TraceException.Code.ROLLED_BACK);
            Checkpoint other = new Checkpoint(signer.name(), SIZE - 1, Hash.EMPTY);
            assertCode(
                    () -> new TraceReader(source, signer.verifier(), other).refresh(),
                    TraceException.Code.ROLLED_BACK);
            flip("tile/entries/001", 3);
            assertCode(() -> reader.read(256), TraceException.Code.BROKEN);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesTilesAsTheSpecificationDoes() {
        assertThat(Tile.entries(1_234_067, 256)).isEqualTo("tile/entries/x001/x234/067");
        assertThat(Tile.hashes(3, 0, 7)).isEqualTo("tile/3/000.p/7");
        assertThat(Tile.hashes(0, 1000, 256)).isEqualTo("tile/0/x001/000");
        assertThat(Tile.isResource("tile/0/x001/000.p/255")).isTrue();
        for (String path :
                List.of(
                        ".state/lock",
                        "key.vkey",
                        "tile/0/../../x",
                        "tile/64/000",
                        "tile/0/000.p/256",
                        "tile/0/000.p/0",
                        "tile/00/000",
                        "tile/0/1",
                        "/checkpoint",
                        "")) {
            assertThat(Tile.isResource(path)).as(path).isFalse();
        }
    }

    private static void assertCode(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, TraceException.Code code) {
        org.assertj.core.api.Assertions.assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

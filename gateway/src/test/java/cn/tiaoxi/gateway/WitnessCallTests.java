package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.trace.CosignatureKey;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TraceLog;
import cn.tiaoxi.trace.WitnessClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as a witness of the platform's log. */
class WitnessCallTests {
    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = GatewayRig.standard(data, database);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(rig.gateway.address() + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void cosignsForWhoHoldsTheToken(@TempDir Path folder) throws Exception {
        NoteSigner signer = NoteSigner.generate("test.example/platform");
        try (TraceLog log = TraceLog.open(folder, signer, TraceLog.Settings.DEFAULT)) {
            log.append(new byte[] {1}).join();
        }
        byte[] note = Files.readAllBytes(folder.resolve("checkpoint"));
        assertThat(get("/witness/key", "wrong").statusCode()).isEqualTo(401);
        CosignatureKey key = CosignatureKey.parse(get("/witness/key", TestPlatform.TOKEN).body());
        SignedNote.Line line =
                new WitnessClient(
                                client,
                                URI.create(rig.gateway.address() + "/witness"),
                                TestPlatform.TOKEN,
                                key)
                        .cosign(new FolderTileSource(folder), note, signer.verifier(), 0);
        assertThat(key.time(SignedNote.parse(note).with(line))).isPresent();
        assertThat(get("/witness/0/checkpoint", TestPlatform.TOKEN).statusCode()).isEqualTo(404);
        assertThat(get("/witness/../trace.pem", TestPlatform.TOKEN).statusCode())
                .isGreaterThanOrEqualTo(400);
    }
}

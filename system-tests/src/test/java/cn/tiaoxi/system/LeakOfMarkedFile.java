package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.command.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two applications fetch the same table as files, one of which leaks; the investigation names it.
 */
final class LeakOfMarkedFile {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LaunchedPlatform platform;
    private final Loop loop;
    private final Path folder;

    LeakOfMarkedFile(LaunchedPlatform platform, Loop loop, Path folder) {
        this.platform = platform;
        this.loop = loop;
        this.folder = folder;
    }

    void isTracedToItsRecipient() throws Exception {
        try (PlatformClient officer = platform.as("sun.qi")) {
            String dataset = loop.dataset("百货店铺登记巳", Loop.shops(400));
            loop.markedFiles("shops-marked", dataset, List.of("ORDER", "SPELLING"));
            String source = loop.application("店铺名册甲");
            String bystander = loop.application("店铺名册乙");
            String leaked = fetched(source);
            String other = fetched(bystander);
            assertThat(leaked.lines()).hasSize(401);
            assertThat(leaked.lines().sorted()).isNotEqualTo(other.lines().sorted().toList());

            JsonNode found = examined(officer, dataset, leaked.lines().limit(151).toList());

            JsonNode findings = found.path("result").path("findings");
            assertThat(findings.path(0).path("recipients").path(0).path("id").asString())
                    .as(found.toString())
                    .isEqualTo(source);
            assertThat(findings.path(0).path("recipients")).hasSize(1);
            assertThat(findings.path(0).path("verdict").asString()).isEqualTo("STRONG");
            JsonNode marks = findings.path(0).path("marks").path(0);
            assertThat(marks.path("pairs").asInt()).isEqualTo(75);
            assertThat(marks.path("inOrder").asInt()).isEqualTo(75);
            assertThat(marks.path("texts").asInt()).isEqualTo(150);
            assertThat(marks.path("asSpelled").asInt()).isEqualTo(150);
            assertThat(findings.path(1).path("recipients").path(0).path("id").asString())
                    .isEqualTo(bystander);
            assertThat(findings.path(1).path("verdict").asString()).isEqualTo("NONE");
        }
    }

    /** Has the whole table made into a file for an application, and fetches it. */
    private String fetched(String application) throws Exception {
        loop.approve(
                loop.askForFiles("shops-marked", application, List.of("code", "shop"), "核对店铺名册。")
                        .path("id")
                        .asString());
        try (SignedCaller caller = loop.caller(application)) {
            HttpResponse<String> ordered =
                    Waiting.until(
                            "the order",
                            PATIENCE,
                            () -> caller.send("POST", "/api/shops-marked/exports?format=csv"),
                            answer -> answer.statusCode() == 202);
            String export = ordered.headers().firstValue("Location").orElseThrow();
            Waiting.until(
                    "the file",
                    PATIENCE,
                    () -> JsonMapper.shared().readTree(caller.send("GET", export).body()),
                    state -> state.path("state").asString().equals("READY"));
            return caller.send("GET", export + "/content").body();
        }
    }

    private JsonNode examined(PlatformClient officer, String dataset, List<String> lines)
            throws Exception {
        Path file = Files.writeString(folder.resolve("leak.csv"), String.join("\n", lines) + "\n");
        return Waiting.until(
                "a finding",
                PATIENCE,
                () -> investigated(officer, dataset, file),
                // Fetching is known to the platform a moment after it was done.
                done -> done.path("result").path("findings").size() > 1);
    }

    private static JsonNode investigated(PlatformClient officer, String dataset, Path file) {
        String id =
                officer.post(
                                "/investigations/leak",
                                Map.of(
                                        "dataset", dataset,
                                        "reason", "网上出现店铺名册",
                                        "basis", "湖数〔2026〕13号"))
                        .path("id")
                        .asString();
        try {
            officer.upload("/investigations/" + id + "/file", file, "leak.csv");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Waiting.until(
                "investigation " + id,
                PATIENCE,
                () -> officer.get("/investigations/" + id),
                now -> List.of("DONE", "FAILED").contains(now.path("state").asString()));
    }
}

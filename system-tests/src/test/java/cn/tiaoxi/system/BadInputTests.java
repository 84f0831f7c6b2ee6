package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.PlatformRefusal;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.contract.CallSigner;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadInputTests {
    private static final List<String> HOSTILE =
            List.of(
                    "'; DROP TABLE identity.person; --",
                    "<script>alert(1)</script>",
                    "{{7*7}} ${7*7} %{7*7}",
                    "\u202Egnp.exe \u0007 \uD83D\uDC09");

    @TempDir static Path data;
    private static LaunchedPlatform platform;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        platform = LaunchedPlatform.start(data, "--demo=accounts");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** An application that may look up shops in an interface of its own. */
    private static String granted(Loop loop, String lookup, String name) throws Exception {
        loop.lookup(lookup, loop.dataset(name, Loop.shops(20)));
        String application = loop.application(name);
        loop.approve(
                loop.ask(lookup, application, List.of("code", "shop"), "核验店铺是否存在。")
                        .path("id")
                        .asString());
        return application;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../tmp/evil.csv",
                "..\\..\\evil.csv",
                "/etc/cron.d/evil.csv",
                "a\u0000b.csv",
                "con.csv"
            })
    void aFileNameNeverLeavesItsFolder(String name) throws Exception {
        Path file = Files.writeString(folder.resolve("shops.csv"), Loop.shops(5));
        try (PlatformClient clerk = platform.as(Loop.OWNER)) {
            JsonNode upload = clerk.upload(file, name);
            assertThat(upload.path("fileName").asString()).doesNotContain("/", "\\", "\u0000");
            assertThat(upload.path("state").asString()).isEqualTo("PROBED");
            clerk.delete("/uploads/" + upload.path("id").asString());
        } catch (PlatformRefusal refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
        assertThat(Path.of("/tmp/evil.csv")).doesNotExist();
        assertThat(Path.of("/etc/cron.d/evil.csv")).doesNotExist();
    }

    @Test
    void textOfAnyKindIsKeptAsItIsAndNothingMore() {
        try (Loop loop = new Loop(platform, folder)) {
            for (String text : HOSTILE) {
                String printable = text.replaceAll("\\p{Cntrl}", "");
                try {
                    JsonNode made =
                            loop.asker.post(
                                    "/applications",
                                    Map.of("name", printable, "description", printable));
                    assertThat(made.path("name").asString()).isEqualTo(printable);
                } catch (PlatformRefusal refused) {
                    assertThat(refused.status()).isEqualTo(400);
                }
                for (String path :
                        List.of("/datasets?q=", "/search?q=", "/requests?q=", "/applications?q=")) {
                    loop.asker.get(path + PlatformClient.encode(text));
                }
            }
            assertThat(loop.asker.get("/session").path("person").path("username").asString())
                    .isEqualTo(Loop.ASKER);
        }
    }

    @Test
    void spreadsheetFormulasAreNeutralisedInExports() {
        try (Loop loop = new Loop(platform, folder)) {
            loop.application("=HYPERLINK(\"http://evil\",\"x\")");
            HttpResponse<String> csv =
                    loop.asker.send(
                            "GET",
                            "/applications?format=csv&limit=200",
                            BodyPublishers.noBody(),
                            "",
                            Map.of());
            assertThat(csv.statusCode()).isEqualTo(200);
            assertThat(csv.body()).contains("'=HYPERLINK");
        }
    }

    @Test
    void tablesAsPeopleReallyBringThemAreUnderstoodOrRefusedWithTheReason() throws Exception {
        try (PlatformClient clerk = platform.as(Loop.OWNER)) {
            JsonNode old =
                    probe(
                            clerk,
                            "old.csv",
                            "编号,名称\n1,湖州\n2,长兴\n".getBytes(Charset.forName("GB18030")));
            assertThat(old.path("encoding").asString()).isEqualTo("GB18030");
            assertThat(old.path("columns").get(1).path("sourceName").asString()).isEqualTo("名称");

            JsonNode quoted =
                    probe(clerk, "quoted.csv", utf8("a,b\n\"一\n二\",\"说\"\"好\"\"\"\nx,y\n"));
            assertThat(quoted.path("preview").get(0).get(0).asString()).isEqualTo("一\n二");
            assertThat(quoted.path("preview").get(0).get(1).asString()).isEqualTo("说\"好\"");

            JsonNode twice = probe(clerk, "twice.csv", utf8("名称,名称,\n1,2,3\n4,5,6\n"));
            assertThat(twice.path("columns")).hasSize(3);
            assertThat(twice.path("columns").findValuesAsString("name")).doesNotHaveDuplicates();

            JsonNode headless = probe(clerk, "headless.csv", utf8("1,2020-01-01\n2,2020-01-02\n"));
            assertThat(headless.path("header").asBoolean()).isFalse();
        }
    }

    @Test
    void badRowsComeBackWithLineColumnAndReason() throws Exception {
        String csv =
                Loop.shops(3)
                        + "S1,甲,1,2023-02-30\n"
                        + "S2,乙,2\n"
                        + "S3,丙,３,2023-01-01\n"
                        + "S4,丁,4,2023-01-02,多余\n";
        try (Loop loop = new Loop(platform, folder)) {
            JsonNode ended = loop.ended(loop.order("百货店铺登记巳", csv));
            assertThat(ended.path("state").asString()).isEqualTo("LOADED");
            assertThat(ended.path("result").path("rows").asLong()).isEqualTo(4);
            assertThat(ended.path("result").path("rejected").asLong()).isEqualTo(3);
            HttpResponse<String> rejects =
                    loop.owner.send(
                            "GET",
                            "/uploads/" + ended.path("id").asString() + "/rejects",
                            BodyPublishers.noBody(),
                            "",
                            Map.of());
            assertThat(rejects.body()).contains("2023-02-30", "5,", "6,", "8,");
        }
    }

    @Test
    void aWorkbookThatWouldBurstIsRefused() throws Exception {
        Path bomb = folder.resolve("bomb.xlsx");
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            entry(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 2_000; i++) {
                zip.write(spaces);
            }
            zip.closeEntry();
        }
        try (PlatformClient clerk = platform.as(Loop.OWNER)) {
            JsonNode upload = clerk.upload(bomb, "bomb.xlsx");
            assertThat(upload.path("state").asString()).isEqualTo("FAILED");
            assertThat(upload.path("error").path("code").asString()).isNotBlank();
            assertThat(upload.path("error").path("mend").asString()).isNotBlank();
        } catch (PlatformRefusal refused) {
            assertThat(refused.status()).isBetween(400, 499);
        }
    }

    @Test
    void parametersOfAnInterfaceAreCheckedOneByOne() throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            String application = granted(loop, "shops-bad", "参数核对");
            try (SignedCaller caller = loop.caller(application)) {
                Loop.awaitStatus(caller, "shops-bad", Map.of("code", "S100003"), 200);
                assertThat(code(caller, "shops-bad?nothing=1")).isEqualTo("PARAMETER_UNKNOWN");
                assertThat(code(caller, "shops-bad?code=1&code=2")).isEqualTo("PARAMETER_REPEATED");
                assertThat(code(caller, "shops-bad?code=1&limit=x")).isEqualTo("PARAMETER_INVALID");
                assertThat(code(caller, "shops-bad?code=" + "9".repeat(5_000)))
                        .isIn("PARAMETER_INVALID", "PARAMETER_TOO_LONG", "REQUEST_TOO_LONG");
                assertThat(code(caller, "shops-bad?code=1&fields=phone"))
                        .isEqualTo("FIELD_NOT_GRANTED");
                assertThat(code(caller, "nowhere?a=1")).isEqualTo("INTERFACE_UNKNOWN");
            }
        }
    }

    private static String code(SignedCaller caller, String pathAndQuery) {
        var address = caller.address("x", Map.of()).resolve("/api/" + pathAndQuery);
        String body = caller.send(address, caller.sign(address)).body();
        return body.replaceAll("(?s).*\"code\"\\s*:\\s*\"([A-Z_0-9]+)\".*", "$1");
    }

    @Test
    void tenThousandForgedCallsAreRefusedCheaplyAndGoodOnesStillAnswered() throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            String application = granted(loop, "shops-forged", "防伪核对");
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("code", "S100003");
            try (SignedCaller caller = loop.caller(application);
                    SignedCaller forger =
                            new SignedCaller(
                                    platform.gateway(),
                                    CallSigner.hmac("unknown-key", new byte[32]))) {
                Loop.awaitStatus(caller, "shops-forged", parameters, 200);
                AtomicInteger refused = new AtomicInteger();
                long begin = System.nanoTime();
                try (var threads = Executors.newFixedThreadPool(8)) {
                    for (int i = 0; i < 10_000; i++) {
                        threads.execute(
                                () -> {
                                    if (forger.call("shops-forged", parameters).statusCode()
                                            == 401) {
                                        refused.incrementAndGet();
                                    }
                                });
                    }
                }
                System.out.println(
                        "10,000 forged calls refused in "
                                + (System.nanoTime() - begin) / 1_000_000
                                + " ms");
                assertThat(refused.get()).isEqualTo(10_000);
                assertThat(caller.call("shops-forged", parameters).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "tiaoxi.big", matches = "true")
    void aGigabyteIsStreamedNotHeld() throws Exception {
        Path big = folder.resolve("big.csv");
        try (var out = Files.newBufferedWriter(big)) {
            out.write("编号,店名,电话,开业日期\n");
            for (int i = 0; i < 20_000_000; i++) {
                out.write("S" + i + ",苕溪百货" + i + "号店,138" + (10_000_000 + i) + ",2020-01-01\n");
            }
        }
        assertThat(Files.size(big)).isGreaterThan(1_000_000_000L);
        try (PlatformClient clerk = platform.as(Loop.OWNER)) {
            JsonNode upload = clerk.upload(big, "big.csv");
            assertThat(upload.path("state").asString()).isEqualTo("PROBED");
        }
    }

    private JsonNode probe(PlatformClient clerk, String name, byte[] content) throws Exception {
        JsonNode upload = clerk.upload(Files.write(folder.resolve(name), content), name);
        assertThat(upload.path("state").asString()).as(name).isEqualTo("PROBED");
        return upload.path("probe");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws Exception {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(utf8(content));
        zip.closeEntry();
    }
}

package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.trace.SignedNote;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files of large answers: ordered, made, fetched, and refused. */
class ExportTests {
    /** Refusals that only exports know; reached here and in {@link ExportFaultTests}. */
    static final Set<Refusal> OF_EXPORTS =
            EnumSet.of(
                    Refusal.EXPORT_NOT_ALLOWED,
                    Refusal.EXPORT_UNKNOWN,
                    Refusal.EXPORT_NOT_READY,
                    Refusal.EXPORT_GONE,
                    Refusal.EXPORT_TERMS_CHANGED,
                    Refusal.EXPORT_TOO_LARGE,
                    Refusal.EXPORT_QUEUE_FULL,
                    Refusal.EXPORT_STORE_FULL,
                    Refusal.EXPORT_INTERRUPTED,
                    Refusal.RANGE_NOT_SATISFIABLE);

    private static final CallSigner OTHER = CallSigner.hmac("other", TestPolicy.SECRET);
    private static final String BOTH = "{\"division\":330502}";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;
    private static ExportCaller caller;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        rig.apply(policy());
        caller = new ExportCaller(rig, TestPolicy.HMAC);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static TestPolicy policy() {
        TestPolicy policy = TestPolicy.standard();
        policy.interfaces.add(
                TestPolicy.exporting(
                        "files", "serving.t_people_1", new ExportRule(1_000, 24, true)));
        policy.interfaces.add(
                TestPolicy.exporting(
                        "by-key", "serving.t_people_1", new ExportRule(100, 24, false)));
        for (String id : List.of("files", "by-key", "people")) {
            policy.grants.add(TestPolicy.exporting(TestPolicy.grant("x-" + id, id), true));
        }
        policy.interfaces.add(
                TestPolicy.exporting(
                        "ungranted", "serving.t_people_1", new ExportRule(1_000, 24, true)));
        policy.grants.add(TestPolicy.grant("x-ungranted", "ungranted"));
        policy.applications.add(
                new CallerApplication(
                        "other",
                        "另一应用",
                        "330500-data",
                        List.of(TestPolicy.hmacKey("other", Instant.EPOCH, null)),
                        true));
        return policy;
    }

    /** What calls answer, page by page. */
    private static List<JsonNode> answers(String query) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<String> page = rig.call("/api/files?" + query + "&limit=150" + after);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            JsonNode answer = GatewayRig.json(page);
            answer.get("rows").forEach(rows::add);
            after = answer.get("next").isNull() ? "" : "&after=" + answer.get("next").asString();
        } while (!after.isEmpty());
        return rows;
    }

    private static String fetched(String export) throws Exception {
        caller.await(export, "READY");
        HttpResponse<String> content = caller.content(export);
        assertThat(content.statusCode()).as(content.body()).isEqualTo(200);
        return content.body();
    }

    private static List<JsonNode> lines(String ndjson) {
        return ndjson.lines().map(line -> (JsonNode) Wire.JSON.readTree(line)).toList();
    }

    @Test
    void a_file_has_the_rows_that_calls_answer_with_the_same_masks() throws Exception {
        String file = fetched(caller.ordered("files", "ndjson", BOTH));

        assertThat(lines(file)).hasSize(250).isEqualTo(answers("division=330502"));
        assertThat(file).contains("138****", "\"王**\"").doesNotContain("id_number");
    }

    @Test
    void a_range_comes_in_its_order_and_several_values_one_after_the_other() throws Exception {
        String range = "{\"updated.from\":\"2026-01-01T01:00:00\",\"fields\":[\"updated\"]}";
        assertThat(lines(fetched(caller.ordered("files", "ndjson", range))))
                .isEqualTo(answers("updated.from=2026-01-01T01:00:00&fields=updated"));

        String several =
                "{\"id_number\":["
                        + IntStream.of(9, 7, 9, 8)
                                .mapToObj("\"3305021990%08d\""::formatted)
                                .collect(Collectors.joining(","))
                        + "],\"fields\":[\"income\"]}";
        assertThat(lines(fetched(caller.ordered("files", "ndjson", several))))
                .extracting(row -> row.get("income").asString())
                .containsExactly("13.5", "10.5", "12.0");
    }

    @Test
    void csv_says_the_same_as_json() throws Exception {
        database.execute(
                """
                CREATE TABLE serving.t_odd_1 AS SELECT * FROM serving.t_people_1 WHERE tiaoxi_row < 6;
                UPDATE serving.t_odd_1 SET address = 'a,"b"' || chr(10) || 'c' WHERE tiaoxi_row = 1;
                UPDATE serving.t_odd_1 SET address = '' WHERE tiaoxi_row = 2;
                UPDATE serving.t_odd_1 SET address = NULL WHERE tiaoxi_row = 3;
                """);
        TestPolicy policy = policy();
        policy.interfaces.add(
                TestPolicy.exporting("odd", "serving.t_odd_1", new ExportRule(10, 1, true)));
        Grant all = TestPolicy.exporting(TestPolicy.grant("x-odd", "odd"), true);
        policy.grants.add(
                new Grant(
                        all.id(),
                        all.application(),
                        all.interfaceId(),
                        List.of("address", "phone", "income", "married", "born"),
                        all.masks(),
                        all.purpose(),
                        all.perSecond(),
                        all.perDay(),
                        null,
                        all.validFrom(),
                        all.validUntil(),
                        all.state(),
                        true));
        rig.apply(policy);

        String csv = fetched(caller.ordered("odd", "csv", ""));

        assertThat(csv)
                .isEqualTo(
                        "phone,address,income,married,born\r\n"
                                + "138****0001,\"a,\"\"b\"\"\nc\",1.50,false,1990\r\n"
                                + "138****0002,\"\",3.00,false,1990\r\n"
                                + ",,,true,1990\r\n"
                                + "138****0004,湖州市吴兴区凤凰路4号,6.00,false,1990\r\n"
                                + "138****0005,湖州市吴兴区凤凰路5号,"
                                + "12345678901234567890.123456789,false,1990\r\n");
    }

    @Test
    void what_a_file_is_said_to_be_is_what_it_is_and_is_signed() throws Exception {
        String export = caller.ordered("files", "csv", "");
        JsonNode state = caller.await(export, "READY");
        HttpResponse<String> content = caller.content(export);
        byte[] bytes = content.body().getBytes(StandardCharsets.UTF_8);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

        assertThat(state.get("rows").asLong()).isEqualTo(500);
        assertThat(state.get("bytes").asLong()).isEqualTo(bytes.length);
        assertThat(state.get("sha256").asString()).isEqualTo(sha256);
        assertThat(content.headers().map())
                .containsEntry("content-length", List.of(Integer.toString(bytes.length)))
                .containsEntry("etag", List.of("\"" + sha256 + "\""))
                .containsEntry("accept-ranges", List.of("bytes"))
                .containsKey("content-digest")
                .containsKey("repr-digest");
        assertThat(content.headers().firstValue("content-disposition").orElseThrow())
                .matches("attachment; filename=\"files-[0-9a-f-]{36}\\.csv\"");
        String note = caller.send("GET", export + "/signature", "").body();
        String text =
                SignedNote.parse(note.getBytes(StandardCharsets.UTF_8))
                        .verified(rig.gateway.trace().log().verifier());
        assertThat(text)
                .startsWith("tiaoxi/export/v1\nexport ")
                .contains("\nrows 500\n", "\nsha256 " + sha256 + "\n", "\ninterface files\n");

        Path noteFile = Files.writeString(data.resolve("note"), note);
        Path file = Files.write(data.resolve("file"), bytes);
        String vkey = rig.gateway.trace().log().verifier().vkey();
        assertThat(verify(noteFile, vkey, file)).isZero();
        Files.writeString(noteFile, note.replace("rows 500", "rows 501"));
        assertThat(verify(noteFile, vkey, file)).isNotZero();
        Files.writeString(noteFile, note);
        Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(verify(noteFile, vkey, file)).isNotZero();
    }

    @Test
    void the_sample_orders_waits_and_fetches() throws Exception {
        Path secret =
                Files.writeString(
                        data.resolve("secret.txt"),
                        Base64.getEncoder().encodeToString(TestPolicy.SECRET));
        Path file = data.resolve("people.csv");
        for (String body : List.of("", BOTH)) {
            Files.deleteIfExists(file);
            Process process =
                    new ProcessBuilder(
                                    "bash",
                                    "../docs/samples/export.sh",
                                    rig.address().toString(),
                                    "hmac",
                                    secret.toString(),
                                    "files",
                                    "csv",
                                    file.toString(),
                                    body)
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains(body.isEmpty() ? "500 rows" : "250 rows");
            assertThat(Files.readString(file)).startsWith("name,phone,division,income");
        }
        String vkey = rig.gateway.trace().log().verifier().vkey();
        assertThat(verify(data.resolve("people.csv.signature"), vkey, file)).isZero();
    }

    private static int verify(Path note, String vkey, Path file) throws Exception {
        return new ProcessBuilder(
                        "bash",
                        "../docs/samples/verify-export.sh",
                        note.toString(),
                        vkey,
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("verify.log").toFile())
                .start()
                .waitFor();
    }

    @Test
    void a_download_goes_on_where_it_broke_off() throws Exception {
        String export = caller.ordered("files", "ndjson", "");
        String file = fetched(export);
        int length = file.getBytes(StandardCharsets.UTF_8).length;
        String tag = "\"" + caller.state(export).get("sha256").asString() + "\"";
        for (String[] each :
                new String[][] {
                    {"bytes=0-0", "0-0"},
                    {"bytes=100-", "100-" + (length - 1)},
                    {"bytes=-7", (length - 7) + "-" + (length - 1)},
                    {"bytes=5-999999999999", "5-" + (length - 1)},
                    {"bytes=-999999999", "0-" + (length - 1)}
                }) {
            HttpResponse<String> part = caller.content(export, "Range", each[0], "If-Range", tag);
            assertThat(part.statusCode()).as(each[0]).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range").orElseThrow())
                    .isEqualTo("bytes " + each[1] + "/" + length);
            assertThat(part.headers().firstValue("Content-Digest")).isEmpty();
        }
        String first = caller.content(export, "Range", "bytes=0-999").body();
        String rest = caller.content(export, "Range", "bytes=1000-").body();
        assertThat(first + rest).isEqualTo(file);
        for (String whole :
                List.of("bytes=0-1,5-6", "rows=1-2", "bytes=9-5", "bytes=-", "bytes=x-y")) {
            assertThat(caller.content(export, "Range", whole).statusCode())
                    .as(whole)
                    .isEqualTo(200);
        }
        assertThat(
                        caller.content(export, "Range", "bytes=1-2", "If-Range", "\"else\"")
                                .statusCode())
                .isEqualTo(200);
        for (String none : List.of("bytes=" + length + "-", "bytes=-0")) {
            HttpResponse<String> outside = caller.content(export, "Range", none);
            assertThat(outside.statusCode()).as(none).isEqualTo(416);
            assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */" + length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/api/files/exports||400|PARAMETER_MISSING",
                "POST|/api/files/exports?format=xml||422|PARAMETER_INVALID",
                "POST|/api/files/exports?format=CSV||422|PARAMETER_INVALID",
                "POST|/api/files/exports?format=csv&format=csv||400|PARAMETER_REPEATED",
                "POST|/api/files/exports?format=csv&division=330502||400|PARAMETER_UNKNOWN",
                "POST|/api/files/exports?format=csv|[]|400|REQUEST_MALFORMED",
                "POST|/api/files/exports?format=csv|{|400|REQUEST_MALFORMED",
                "POST|/api/files/exports?format=csv|{\"limit\":5}|400|PARAMETER_UNKNOWN",
                "POST|/api/files/exports?format=csv|{\"after\":\"AAAA\"}|400|PARAMETER_UNKNOWN",
                "POST|/api/files/exports?format=csv|{\"colour\":1}|400|PARAMETER_UNKNOWN",
                "POST|/api/files/exports?format=csv|{\"name\":\"x\"}|400|PARAMETER_UNKNOWN",
                "POST|/api/files/exports?format=csv|{\"born\":\"x\"}|422|PARAMETER_INVALID",
                "POST|/api/files/exports?format=csv|{\"division\":{}}|422|PARAMETER_INVALID",
                "POST|/api/files/exports?format=csv|{\"division\":[]}|422|PARAMETER_INVALID",
                "POST|/api/files/exports?format=csv|{\"fields\":\"id_number\"}|403|FIELD_NOT_GRANTED",
                "POST|/api/files/exports?format=csv|{\"fields\":\"colour\"}|400|FIELD_UNKNOWN",
                "POST|/api/by-key/exports?format=csv||403|EXPORT_NOT_ALLOWED",
                "POST|/api/by-key/exports?format=csv|{\"fields\":\"name\"}|403|EXPORT_NOT_ALLOWED",
                "POST|/api/people/exports?format=csv|{\"division\":330502}|403|EXPORT_NOT_ALLOWED",
                "POST|/api/ungranted/exports?format=csv||403|EXPORT_NOT_ALLOWED",
                "POST|/api/nothing/exports?format=csv||404|INTERFACE_UNKNOWN",
                "GET|/api/files/exports||405|METHOD_NOT_ALLOWED",
                "PUT|/api/files/exports?format=csv||405|METHOD_NOT_ALLOWED",
                "GET|/api/files/exports/|||INTERFACE_UNKNOWN",
                "GET|/api/files/exports/7|||INTERFACE_UNKNOWN",
                "GET|/api/files/exports/00000000-0000-0000-0000-000000000000||404|EXPORT_UNKNOWN",
                "GET|/api/files/exports/00000000-0000-0000-0000-000000000000/content||404|EXPORT_UNKNOWN",
                "GET|/api/files/exports/00000000-0000-0000-0000-000000000000/else|||INTERFACE_UNKNOWN",
                "POST|/api/files/exports/00000000-0000-0000-0000-000000000000||405|METHOD_NOT_ALLOWED",
                "DELETE|/api/files/exports/00000000-0000-0000-0000-000000000000/content||405|METHOD_NOT_ALLOWED"
            })
    void what_is_wrong_is_refused(
            String method, String path, String body, Integer status, String code) throws Exception {
        HttpResponse<String> answer = caller.send(method, path, body == null ? "" : body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status == null ? 404 : status);
        assertThat(GatewayRig.json(answer).get("code").asString()).isEqualTo(code);
    }

    @Test
    void a_body_must_be_signed_and_the_method_is_named() throws Exception {
        RawCall call =
                RawCall.signed(rig, "POST", "/api/files/exports?format=csv", BOTH)
                        .header("Content-Type", "application/json");
        assertThat(call.body("{\"division\":330503}").send().body()).contains("DIGEST_MISMATCH");
        HttpResponse<String> wrong = caller.send("GET", "/api/files/exports", "");
        assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
        assertThat(
                        RawCall.signed(rig, "GET", "/api/files/exports?format=csv", "")
                                .without("Signature")
                                .without("Signature-Input")
                                .method("POST")
                                .send()
                                .body())
                .contains("SIGNATURE_MISSING");
    }

    @Test
    void more_rows_than_the_owner_allows_make_no_file() throws Exception {
        String export = caller.ordered("by-key", "csv", BOTH);
        JsonNode state = caller.await(export, "FAILED");
        assertThat(state.get("code").asString()).isEqualTo("EXPORT_TOO_LARGE");
        HttpResponse<String> content = caller.content(export);
        assertThat(content.statusCode()).isEqualTo(410);
        assertThat(content.body()).contains("EXPORT_GONE", "EXPORT_TOO_LARGE");
        assertThat(caller.send("GET", export + "/signature", "").statusCode()).isEqualTo(410);
    }

    @Test
    void nobody_else_sees_an_export() throws Exception {
        String export = caller.ordered("files", "csv", BOTH);
        caller.await(export, "READY");
        ExportCaller other = new ExportCaller(rig, OTHER);
        for (String path : List.of(export, export + "/content", export + "/signature")) {
            HttpResponse<String> answer = other.send("GET", path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("EXPORT_UNKNOWN");
        }
        assertThat(other.send("DELETE", export, "").statusCode()).isEqualTo(404);
        assertThat(caller.send("GET", export.replace("/files/", "/by-key/"), "").statusCode())
                .isEqualTo(404);
        assertThat(caller.content(export).statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_goes_when_its_time_is_over_or_its_caller_says_so() throws Exception {
        String expired = caller.ordered("files", "csv", "");
        String deleted = caller.ordered("files", "csv", BOTH);
        caller.await(expired, "READY");
        caller.await(deleted, "READY");
        database.execute(
                "UPDATE serving.export SET expires = clock_timestamp() WHERE id = '%s'"
                        .formatted(id(expired)));
        assertThat(caller.content(expired).body()).contains("EXPORT_GONE", "EXPIRED");
        assertThat(caller.state(expired).get("state").asString()).isEqualTo("EXPIRED");

        HttpResponse<String> gone = caller.send("DELETE", deleted, "");
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(GatewayRig.json(gone).get("state").asString()).isEqualTo("DELETED");
        assertThat(caller.content(deleted).statusCode()).isEqualTo(410);
        assertThat(caller.send("DELETE", deleted, "").statusCode()).isEqualTo(200);
        assertThat(files(deleted)).isEmpty();
        awaitNoFiles(expired);
        assertThat(caller.send("GET", expired + "/signature", "").statusCode()).isEqualTo(200);
    }

    static String id(String export) {
        return export.substring(export.lastIndexOf('/') + 1);
    }

    private static List<Path> files(String export) throws Exception {
        try (Stream<Path> all = Files.list(data.resolve("gateway/exports"))) {
            return all.filter(f -> f.getFileName().toString().startsWith(id(export))).toList();
        }
    }

    private static void awaitNoFiles(String export) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!files(export).isEmpty() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(files(export)).isEmpty();
    }

    @Test
    void what_is_kept_cannot_be_read_by_others_and_not_be_changed() throws Exception {
        String export = caller.ordered("files", "csv", "");
        caller.await(export, "READY");
        Path file = files(export).getFirst();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("330502", "phone");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        // The connection breaks off, and a client that asks again is told that it did before.
        assertThatThrownBy(
                        () ->
                                assertThat(caller.content(export).body())
                                        .doesNotContain("REQUEST_REPLAYED"))
                .isInstanceOfAny(IOException.class, AssertionError.class);
        Files.delete(file);
        assertThat(caller.content(export).body()).contains("EXPORT_GONE");
    }

    @Test
    void a_grant_that_ends_takes_its_files_along() throws Exception {
        String export = caller.ordered("files", "csv", BOTH);
        caller.await(export, "READY");
        for (TestPolicy.Change each : changes()) {
            TestPolicy changed = policy();
            each.change(changed);
            rig.apply(changed);
            assertThat(GatewayRig.json(caller.content(export)).get("code").asString())
                    .isEqualTo(each.code());
            assertThat(caller.state(export).get("state").asString()).isEqualTo("READY");
        }
        rig.apply(policy());
        assertThat(caller.content(export).statusCode()).isEqualTo(200);
    }

    private static List<TestPolicy.Change> changes() {
        Instant past = Instant.now().minusSeconds(60);
        Grant open = TestPolicy.exporting(TestPolicy.grant("x-files", "files"), true);
        return List.of(
                TestPolicy.Change.grant(
                        "GRANT_REVOKED",
                        TestPolicy.exporting(
                                TestPolicy.grant(
                                        "x-files",
                                        "files",
                                        GrantState.REVOKED,
                                        open.validFrom(),
                                        open.validUntil()),
                                true)),
                TestPolicy.Change.grant(
                        "GRANT_EXPIRED",
                        TestPolicy.exporting(
                                TestPolicy.grant(
                                        "x-files",
                                        "files",
                                        GrantState.ACTIVE,
                                        open.validFrom(),
                                        past),
                                true)),
                TestPolicy.Change.grant("EXPORT_NOT_ALLOWED", TestPolicy.exporting(open, false)),
                TestPolicy.Change.grant(
                        "EXPORT_TERMS_CHANGED",
                        new Grant(
                                open.id(),
                                open.application(),
                                open.interfaceId(),
                                open.fields(),
                                java.util.Map.of(),
                                open.purpose(),
                                open.perSecond(),
                                open.perDay(),
                                null,
                                open.validFrom(),
                                open.validUntil(),
                                open.state(),
                                true)),
                new TestPolicy.Change(
                        "EXPORT_NOT_ALLOWED",
                        policy -> {
                            policy.interfaces.removeIf(i -> i.id().equals("files"));
                            policy.interfaces.add(
                                    TestPolicy.exporting("files", "serving.t_people_1", null));
                        }),
                new TestPolicy.Change(
                        "INTERFACE_UNKNOWN",
                        policy -> policy.interfaces.removeIf(i -> i.id().equals("files"))));
    }

    @Test
    void each_step_has_its_record_and_rows_count_when_they_leave() throws Exception {
        String export = caller.ordered("files", "ndjson", BOTH);
        String id = id(export);
        caller.await(export, "READY");
        caller.content(export);
        caller.content(export, "Range", "bytes=10-");

        List<TraceRecord> records =
                rig.trace().stream()
                        .filter(r -> id.equals(r.detail("export")))
                        .filter(
                                r ->
                                        r.detail("rows") != null && !r.detail("rows").equals("0")
                                                || "202".equals(r.detail("status")))
                        .toList();
        assertThat(records)
                .extracting(TraceRecord::action)
                .startsWith("call", "export.end", "call")
                .hasSize(6);
        TraceRecord order = records.getFirst();
        assertThat(order.detail("grant")).isEqualTo("x-files");
        assertThat(order.detail("purpose")).isEqualTo("核对办事人身份");
        assertThat(order.detail()).containsKey("key.division").containsEntry("rows", "0");
        assertThat(records.get(1).detail())
                .containsEntry("requestId", order.detail("requestId"))
                .containsEntry("rows", "250")
                .containsKey("sha256");
        TraceRecord download = records.get(2);
        assertThat(download.detail())
                .containsEntry("rows", "250")
                .containsEntry("status", "200")
                .containsEntry("ended", "UNDER_WAY")
                .containsEntry("grant", "x-files")
                .containsEntry("dataset", "d1");
        assertThat(records)
                .filteredOn(r -> r.action().equals("call.end"))
                .hasSize(2)
                .allSatisfy(
                        r ->
                                assertThat(r.detail())
                                        .containsEntry("ended", "COMPLETE")
                                        .containsEntry("rows", "250"));
        assertThat(caller.state(export).get("downloads").asInt()).isEqualTo(2);
    }

    @Test
    void orders_and_downloads_count_as_calls_and_questions_do_not() throws Exception {
        TestPolicy policy = policy();
        policy.grants.removeIf(g -> g.id().equals("x-files"));
        policy.grants.add(
                TestPolicy.exporting(TestPolicy.limited("x-two", "files", 1_000, 2), true));
        rig.apply(policy);
        try {
            String export = caller.ordered("files", "csv", BOTH);
            caller.await(export, "READY");
            assertThat(caller.content(export).statusCode()).isEqualTo(200);
            assertThat(caller.content(export).body()).contains("QUOTA_EXCEEDED");
            assertThat(caller.order("files", "csv", BOTH).body()).contains("QUOTA_EXCEEDED");
            assertThat(caller.state(export).get("state").asString()).isEqualTo("READY");
        } finally {
            rig.apply(policy());
        }
    }
}

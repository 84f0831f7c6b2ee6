package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.contract.TraceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trace keeps of whose rows were delivered. */
class SubjectTests {
    private static final String ID = "330502199000000007";
    private static final byte[] KEY = new byte[SubjectDigests.KEY_BYTES];
    private static final SubjectDigests DIGESTS = new SubjectDigests(KEY);

    @TempDir static Path data;
    private static TestDatabase database;
    private static TestService service;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        service = TestService.start();
        service.json("/asked/a%2Fb%3Fc", "{}");
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        add(policy, people("watched", "id_number", "resident-id"));
        add(policy, people("phones", "phone", "mobile"));
        ServicePolicy.of("asked", service).parameters().addTo(policy);
        watch(policy, "code");
        for (HttpUpstream.Format format : HttpUpstream.Format.values()) {
            ServicePolicy described =
                    ServicePolicy.of("listed-" + format.name().toLowerCase(Locale.ROOT), service);
            described.format = format;
            described.addTo(policy);
            watch(policy, "secret");
        }
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        service.close();
        database.close();
    }

    /** The service that was added last leaves digests of a field or parameter. */
    private static void watch(TestPolicy policy, String column) {
        PublishedInterface added = policy.interfaces.removeLast();
        policy.interfaces.add(added.withSubject(rule(column, "resident-id")));
    }

    private static PublishedInterface people(String id, String column, String kind) {
        return TestPolicy.people(id, "serving.t_people_1", InterfaceState.LIVE)
                .withExports(new ExportRule(1_000, 24, true))
                .withSubject(rule(column, kind));
    }

    private static SubjectRule rule(String column, String kind) {
        String sealed = new SealedSecret(TestPlatform.TOKEN).seal(SubjectRule.sealedFor("k1"), KEY);
        return new SubjectRule(column, kind, "k1", sealed);
    }

    private static void add(TestPolicy policy, PublishedInterface added) {
        policy.interfaces.add(added);
        policy.grants.add(
                TestPolicy.exporting(TestPolicy.grant("g-" + added.id(), added.id()), true));
    }

    private static List<TraceRecord> records(String action, String interfaceId) {
        return rig.trace().stream()
                .filter(r -> r.action().equals(action))
                .filter(r -> r.object().equals("interface:" + interfaceId))
                .toList();
    }

    private static long[] digests(TraceRecord record, String kind) {
        String[] noted = String.valueOf(record.detail("subjects")).split(" ", -1);
        assertThat(noted).hasSize(3).startsWith("k1", kind);
        return SubjectDigests.read(noted[2]);
    }

    private static long[] expected(IntStream rows) {
        return rows.mapToLong(i -> DIGESTS.digest("resident-id", "3305021990%08d".formatted(i)))
                .toArray();
    }

    @Test
    void a_delivered_row_leaves_a_digest_though_its_subject_is_not_granted() throws Exception {
        assertThat(rig.call("/api/watched?id_number=" + ID).body()).doesNotContain(ID);

        TraceRecord record = records(TraceRecord.CALL, "watched").getLast();
        assertThat(digests(record, "resident-id"))
                .containsExactly(DIGESTS.digest("resident-id", ID));
        assertThat(record.detail()).doesNotContainKey("subjectless");
        assertThat(new String(record.toBytes(), StandardCharsets.UTF_8)).doesNotContain(ID);
    }

    @Test
    void a_page_leaves_one_digest_for_each_row() throws Exception {
        rig.call("/api/watched?division=330503&limit=60");

        assertThat(digests(records(TraceRecord.CALL, "watched").getLast(), "resident-id"))
                .containsExactly(expected(IntStream.range(0, 60).map(i -> 2 * i + 1)));
    }

    @Test
    void nothing_delivered_leaves_no_digest() throws Exception {
        rig.call("/api/watched?id_number=none");

        assertThat(digests(records(TraceRecord.CALL, "watched").getLast(), "resident-id"))
                .isEmpty();
    }

    @Test
    void rows_that_name_no_subject_are_counted() throws Exception {
        rig.call("/api/phones?division=330503&limit=3&fields=income");

        TraceRecord record = records(TraceRecord.CALL, "phones").getLast();
        assertThat(digests(record, "mobile"))
                .containsExactly(
                        DIGESTS.digest("mobile", "13800000001"),
                        DIGESTS.digest("mobile", "13800000005"));
        assertThat(record.detail("subjectless")).isEqualTo("1");
    }

    @Test
    void an_interface_without_a_rule_leaves_none() throws Exception {
        rig.call("/api/people?id_number=" + ID);

        assertThat(records(TraceRecord.CALL, "people").getLast().detail())
                .doesNotContainKey("subjects");
    }

    @Test
    void a_file_leaves_its_digests_before_it_can_be_fetched() throws Exception {
        ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
        String export = caller.ordered("watched", "csv", "");
        caller.await(export, "READY");
        caller.content(export);

        List<TraceRecord> parts = records(TraceRecord.SUBJECTS, "watched");
        TraceRecord made = records(TraceRecord.EXPORT_END, "watched").getLast();
        assertThat(
                        parts.stream()
                                .flatMapToLong(p -> Arrays.stream(digests(p, "resident-id")))
                                .toArray())
                .containsExactly(expected(IntStream.rangeClosed(1, 500)));
        assertThat(parts)
                .allSatisfy(
                        part -> {
                            assertThat(part.detail())
                                    .containsAllEntriesOf(
                                            Map.of(
                                                    "export", String.valueOf(made.detail("export")),
                                                    "requestId",
                                                            String.valueOf(
                                                                    made.detail("requestId")),
                                                    "attempt", "1"));
                            assertThat(part.time()).isBeforeOrEqualTo(made.time());
                        });
    }

    @Test
    void a_service_that_is_asked_about_a_subject_leaves_its_digest() throws Exception {
        rig.call("/api/asked?code=a%2Fb%3Fc");

        TraceRecord record = records(TraceRecord.CALL, "asked").getLast();
        assertThat(digests(record, "resident-id"))
                .containsExactly(DIGESTS.digest("resident-id", "a/b?c"));
    }

    private static String person(int number) {
        return "3305021990%08d".formatted(number);
    }

    private static TraceRecord answered(String id, String type, String body) throws Exception {
        service.at("/" + id, (request, out) -> TestService.whole(out, "200 OK", type, body));
        assertThat(rig.call("/api/" + id).body()).contains("德清").doesNotContain("33050219");
        return records(TraceRecord.CALL, id).getLast();
    }

    @Test
    void records_of_a_services_answer_leave_digests_though_their_subject_is_not_granted()
            throws Exception {
        String json =
                """
                [{"division":"德清","secret":"%s"},{"division":"长兴"},{"secret":%s},
                 {"division":"安吉","secret":null},{"division":"吴兴","secret":"\\u0033%s"}]
                """
                        .formatted(person(1), person(2), person(3).substring(1));
        TraceRecord record = answered("listed-json", "application/json", json);

        assertThat(digests(record, "resident-id"))
                .containsExactly(expected(IntStream.rangeClosed(1, 3)));
        assertThat(record.detail("subjectless")).isEqualTo("2");
        assertThat(new String(record.toBytes(), StandardCharsets.UTF_8)).doesNotContain(person(1));
    }

    @Test
    void lines_and_tables_of_a_service_leave_digests_too() throws Exception {
        String lines =
                "{\"secret\":\"%s\",\"division\":\"德清\"}\n{\"secret\":\"%s\"}"
                        .formatted(person(1), person(2));
        String table =
                "division,secret\r\n德清,%s\r\n\"长\n兴\",\"%s\"\r\n吴兴,\r\n"
                        .formatted(person(1), person(2));

        TraceRecord ofLines = answered("listed-ndjson", "application/x-ndjson", lines);
        TraceRecord ofTable = answered("listed-csv", "text/csv", table);

        assertThat(digests(ofLines, "resident-id"))
                .containsExactly(expected(IntStream.rangeClosed(1, 2)));
        assertThat(ofLines.detail()).doesNotContainKey("subjectless");
        assertThat(digests(ofTable, "resident-id"))
                .containsExactly(expected(IntStream.rangeClosed(1, 2)));
        assertThat(ofTable.detail("subjectless")).isEqualTo("1");
    }

    @Test
    void a_long_answer_leaves_its_digests_in_several_records() throws Exception {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 6_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"division\":\"德清县武康街道\",\"secret\":\"")
                    .append(person(i))
                    .append("\"}");
        }
        TraceRecord begun =
                answered("listed-json", "application/json", json.append("]").toString());

        String request = String.valueOf(begun.id());
        TraceRecord part = records(TraceRecord.SUBJECTS, "listed-json").getLast();
        TraceRecord end = records(TraceRecord.CALL_END, "listed-json").getLast();
        assertThat(begun.detail()).doesNotContainKey("subjects");
        assertThat(digests(part, "resident-id"))
                .containsExactly(expected(IntStream.range(0, 5_000)));
        assertThat(digests(end, "resident-id"))
                .containsExactly(expected(IntStream.range(5_000, 6_000)));
        assertThat(part.detail("requestId")).isEqualTo(request);
        assertThat(end.detail("requestId")).isEqualTo(request);
        assertThat(end.detail("rows")).isEqualTo("6000");
    }

    @Test
    void a_service_cannot_hide_a_broken_answer_behind_its_subjects() throws Exception {
        service.at(
                "/listed-json",
                (request, out) ->
                        TestService.whole(
                                out,
                                "200 OK",
                                "application/json",
                                "[{\"secret\":\"" + "9".repeat(70_000) + "\"},{]"));

        assertThat(rig.call("/api/listed-json").statusCode()).isEqualTo(502);
        assertThat(records(TraceRecord.CALL, "listed-json").getLast().detail())
                .doesNotContainKey("subjects");
    }

    @Test
    void a_caller_can_prove_what_it_asked_and_was_answered() throws Exception {
        var answer = rig.call("/api/watched?id_number=" + ID + "&fields=name");

        TraceRecord record = records(TraceRecord.CALL, "watched").getLast();
        byte[] salt =
                Base64.getUrlDecoder()
                        .decode(answer.headers().firstValue("Tiaoxi-Receipt").orElseThrow());
        assertThat(record.detail("answerHash")).isEqualTo(hash(salt, answer.body()));
        assertThat(record.detail("requestHash"))
                .isEqualTo(hash(salt, "GET /api/watched?id_number=" + ID + "&fields=name\n"));
        assertThat(new String(record.toBytes(), StandardCharsets.UTF_8))
                .doesNotContain(hash(new byte[0], answer.body()));
    }

    private static String hash(byte[] salt, String text) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(salt);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_salt_of_a_call_is_told_to_who_holds_the_shared_token() throws Exception {
        var answer = rig.call("/api/watched?id_number=" + ID);
        String request = GatewayRig.json(answer).get("requestId").asString();

        assertThat(rig.send(rig.address("/watch/receipts/" + request), Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(
                        rig.send(
                                        rig.address("/watch/receipts/" + request),
                                        Map.of("Authorization", "Bearer " + TestPlatform.TOKEN))
                                .body())
                .isEqualTo(answer.headers().firstValue("Tiaoxi-Receipt").orElseThrow());
    }
}

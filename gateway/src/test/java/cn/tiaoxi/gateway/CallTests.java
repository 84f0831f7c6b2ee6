package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.TraceRecord;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a caller with a grant gets. */
class CallTests {
    private static final String ID = "330502199000000007";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

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

    @Test
    void a_lookup_answers_the_granted_fields_masked() throws Exception {
        HttpResponse<String> response = rig.call("/api/people?id_number=" + ID);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = GatewayRig.json(response);
        assertThat(answer.get("interface").asString()).isEqualTo("people");
        assertThat(answer.get("grant").asString()).isEqualTo("g1");
        assertThat(answer.get("count").asInt()).isEqualTo(1);
        assertThat(answer.get("next").isNull()).isTrue();
        assertThat(answer.get("rows").get(0).toString())
                .isEqualTo(
                        "{\"name\":\"王**\",\"phone\":\"138****0007\",\"division\":330503,"
                                + "\"income\":10.5,\"married\":false,\"born\":\"1990\","
                                + "\"updated\":\"2026-01-01T00:07\"}");
    }

    @Test
    void an_ed25519_signature_is_as_good() throws Exception {
        assertThat(rig.call(TestPolicy.ED25519, "/api/people?id_number=" + ID).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_national_algorithms_are_as_good() throws Exception {
        for (CallSigner signer : List.of(TestPolicy.HMAC_SM3, TestPolicy.SM2)) {
            assertThat(rig.call(signer, "/api/people?id_number=" + ID).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_call_may_ask_for_some_fields_in_its_own_order() throws Exception {
        JsonNode answer =
                GatewayRig.json(rig.call("/api/people?id_number=" + ID + "&fields=income,name"));

        assertThat(answer.get("rows").get(0).toString())
                .isEqualTo("{\"income\":10.5,\"name\":\"王**\"}");
    }

    @Test
    void a_row_without_a_value_answers_null() throws Exception {
        JsonNode answer =
                GatewayRig.json(
                        rig.call("/api/people?id_number=330502199000000003&fields=phone,income"));

        assertThat(answer.get("rows").get(0).toString())
                .isEqualTo("{\"phone\":null,\"income\":null}");
    }

    @Test
    void a_decimal_keeps_all_its_digits() throws Exception {
        assertThat(rig.call("/api/people?id_number=330502199000000005&fields=income").body())
                .contains("{\"income\":12345678901234567890.123456789}");
    }

    @Test
    void nothing_found_is_an_empty_answer() throws Exception {
        JsonNode answer = GatewayRig.json(rig.call("/api/people?id_number=none"));

        assertThat(answer.get("count").asInt()).isZero();
        assertThat(answer.get("rows").isEmpty()).isTrue();
    }

    @Test
    void pages_follow_each_other_without_gap_or_overlap() throws Exception {
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode answer =
                    GatewayRig.json(
                            rig.call(
                                    "/api/people?division=330503&fields=updated&limit=60" + after));
            answer.get("rows").forEach(row -> seen.add(row.get("updated").asString()));
            after = answer.get("next").isNull() ? "" : "&after=" + answer.get("next").asString();
            pages++;
        } while (!after.isEmpty());

        assertThat(pages).isEqualTo(5);
        assertThat(seen).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void each_type_of_key_can_be_asked_for() throws Exception {
        for (String key :
                List.of(
                        "division=330502",
                        "income=10.5",
                        "married=true",
                        "born=1990-01-08",
                        "updated=2026-01-01T00:07:00",
                        "updated=2026-01-01T08:07:00%2B08:00")) {
            HttpResponse<String> response = rig.call("/api/people?limit=1&" + key);

            assertThat(response.statusCode()).as(key + response.body()).isEqualTo(200);
            assertThat(GatewayRig.json(response).get("count").asInt()).as(key).isEqualTo(1);
        }
    }

    @Test
    void a_hostile_value_is_only_a_value() throws Exception {
        HttpResponse<String> response =
                rig.call("/api/people?id_number=%27%3B+DROP+TABLE+serving.t_people_1%3B--");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(GatewayRig.json(response).get("count").asInt()).isZero();
    }

    @Test
    void a_body_is_taken_when_its_digest_is_signed() throws Exception {
        var raw = RawCall.signed(rig, "/api/people?id_number=" + ID, "{}");

        assertThat(raw.send().statusCode()).isEqualTo(200);
    }

    @Test
    void the_trace_says_who_got_what_under_which_grant_and_no_identifier() throws Exception {
        HttpResponse<String> response =
                rig.call(
                        TestPolicy.HMAC,
                        "/api/people?id_number=" + ID,
                        "Tiaoxi-Matter",
                        "matter-7",
                        "Tiaoxi-Grant",
                        "g1");
        String requestId = GatewayRig.json(response).get("requestId").asString();

        TraceRecord record =
                rig.trace().stream()
                        .filter(any -> any.id().equals(requestId))
                        .findFirst()
                        .orElseThrow();
        assertThat(record.kind()).isEqualTo(TraceRecord.Kind.CALL);
        assertThat(record.actor()).isEqualTo("app");
        assertThat(record.organisation()).isEqualTo("330500-data");
        assertThat(record.object()).isEqualTo("interface:people");
        assertThat(record.outcome()).isEqualTo("OK");
        assertThat(record.detail())
                .containsEntry("grant", "g1")
                .containsEntry("purpose", "核对办事人身份")
                .containsEntry("matter", "matter-7")
                .containsEntry("rows", "1")
                .containsEntry("rowNumbers", "7")
                .containsEntry("table", "serving.t_people_1")
                .containsEntry("status", "200")
                .containsEntry("keyId", "hmac")
                .containsEntry("bytes", Integer.toString(response.body().getBytes().length))
                .containsKeys("nonce", "fields", "remote", "milliseconds", "key.id_number");
        assertThat(new String(record.toBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(ID);
    }

    @Test
    void several_calls_share_a_connection_and_are_answered_in_order() throws Exception {
        assertThat(RawCall.pipelined(rig, 5)).containsExactly(200, 200, 200, 200, 200);
    }

    @Test
    void health_needs_no_signature() throws Exception {
        JsonNode health = GatewayRig.json(rig.send(rig.address("/healthz"), java.util.Map.of()));

        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("policyVersion").asLong()).isEqualTo(1);
    }
}

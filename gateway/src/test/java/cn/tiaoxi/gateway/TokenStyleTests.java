package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Callers of the province's token style call unchanged; each such call is noted as weak. */
class TokenStyleTests {
    private static final String ID = "330502199000000007";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        policy.grants.add(TestPolicy.limited("g-small", "small", 100, 1));
        policy.interfaces.add(
                TestPolicy.people(
                        "small",
                        "serving.t_people_1",
                        cn.tiaoxi.contract.PolicySnapshot.InterfaceState.LIVE));
        policy.applications.add(
                new CallerApplication(
                        "old",
                        "old",
                        "330500",
                        List.of(
                                TestPolicy.key(
                                        "old",
                                        Algorithm.PROVINCE_TOKEN,
                                        Instant.EPOCH,
                                        null,
                                        List.of(),
                                        Instant.now())),
                        true));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static TokenCaller caller() {
        return new TokenCaller(rig);
    }

    private static TokenCaller ready() throws Exception {
        JsonNode secrets = caller().refresh("Key").get("datas");
        return caller().with(secrets.get("requestSecret").asString());
    }

    @Test
    void secrets_are_given_for_the_app_secret_and_say_when_they_end() throws Exception {
        long now = Instant.now().toEpochMilli();
        JsonNode answer = caller().refresh("Key");

        assertThat(answer.get("code").asString()).isEqualTo("00");
        JsonNode secrets = answer.get("datas");
        assertThat(secrets.get("requestSecretEndTime").asLong() - now)
                .isBetween(
                        Duration.ofMinutes(15).toMillis() - 2_000,
                        Duration.ofMinutes(16).toMillis());
        assertThat(secrets.get("refreshSecretEndTime").asLong() - now)
                .isBetween(
                        Duration.ofHours(48).toMillis() - 2_000,
                        Duration.ofMinutes(48 * 60 + 30).toMillis());
        assertThat(secrets.get("requestSecret").asString())
                .isNotEqualTo(secrets.get("refreshSecret").asString());
    }

    @Test
    void the_refresh_secret_gives_a_request_secret_and_does_not_prolong_itself() throws Exception {
        String refresh = caller().refresh("Key").get("datas").get("refreshSecret").asString();
        JsonNode again = caller().with(refresh).refresh("Sec").get("datas");

        assertThat(again.get("refreshSecret").asString()).isEqualTo(refresh);
        JsonNode answer =
                caller().with(again.get("requestSecret").asString()).people("id_number=" + ID);
        assertThat(answer.get("code").asString()).isEqualTo("00");
        assertThat(caller().with(refresh).people("id_number=1").get("code").asString())
                .isEqualTo("14");
        assertThat(caller().with(refresh).refresh("Key").get("code").asString()).isEqualTo("14");
    }

    @Test
    void rows_come_as_json_text_with_their_totals() throws Exception {
        JsonNode answer = ready().people("id_number=" + ID + "&fields=name,phone");

        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "code",
                        "msg",
                        "data",
                        "datas",
                        "dataCount",
                        "totalDataCount",
                        "totalPage",
                        "requestId");
        assertThat(answer.get("datas").asString())
                .isEqualTo("[{\"name\":\"王**\",\"phone\":\"138****0007\"}]");
        assertThat(answer.get("dataCount").asInt()).isEqualTo(1);
        assertThat(answer.get("totalDataCount").asInt()).isEqualTo(1);
        assertThat(answer.get("totalPage").asInt()).isEqualTo(1);
    }

    @Test
    void pages_tell_the_total_and_where_to_go_on() throws Exception {
        JsonNode first = ready().people("division=330503&fields=updated&limit=100");

        assertThat(first.get("dataCount").asInt()).isEqualTo(100);
        assertThat(first.get("totalDataCount").asInt()).isEqualTo(250);
        assertThat(first.get("totalPage").asInt()).isEqualTo(3);
        JsonNode last =
                ready().people(
                                "division=330503&fields=updated&limit=200&after="
                                        + first.get("data").asString());
        assertThat(last.get("dataCount").asInt()).isEqualTo(150);
        assertThat(last.get("totalDataCount").asInt()).isEqualTo(250);
        assertThat(last.get("data").asString()).isEmpty();
    }

    @Test
    void parameters_come_in_the_query_in_a_form_or_in_json() throws Exception {
        assertThat(ready().get("id_number=" + ID).get("dataCount").asInt()).isEqualTo(1);
        TokenCaller caller = ready();
        StringBuilder json = new StringBuilder("{\"division\":330503,\"limit\":3");
        for (String pair : caller.proof().split("&")) {
            json.append(",\"").append(pair.replace("=", "\":\"")).append('"');
        }
        json.append(",\"additional\":{\"powerMatters\":\"P-1\"}}");

        JsonNode answer = caller.json(json.toString());

        assertThat(answer.get("dataCount").asInt()).as(answer.toString()).isEqualTo(3);
        assertThat(TokenCaller.record(rig, answer).detail("matter")).isEqualTo("P-1");
    }

    @Test
    void the_trace_notes_the_basis_of_use_and_that_it_is_weak_and_no_person() throws Exception {
        String basis =
                "{\"powerMatters\":\"许可-00021\",\"materialName\":\"身份证\",\"sponsorName\":\"李四\","
                        + "\"sponsorCode\":\"330502198001011234\"}";
        JsonNode answer =
                ready().people(
                                "id_number="
                                        + ID
                                        + "&additional="
                                        + URLEncoder.encode(basis, StandardCharsets.UTF_8));

        TraceRecord record = TokenCaller.record(rig, answer);
        assertThat(record.outcome()).isEqualTo("OK");
        assertThat(record.actor()).isEqualTo("app");
        assertThat(record.object()).isEqualTo("interface:people");
        assertThat(record.detail())
                .containsEntry("weak", "md5")
                .containsEntry("basis.powerMatters", "许可-00021")
                .containsEntry("basis.materialName", "身份证")
                .containsEntry("grant", "g1")
                .containsKeys("basis.sponsorName", "basis.sponsorCode", "matter");
        assertThat(new String(record.toBytes(), StandardCharsets.UTF_8))
                .doesNotContain(ID)
                .doesNotContain("李四")
                .doesNotContain("330502198001011234");
        assertThat(TokenCaller.record(rig, caller().refresh("Key")).detail("weak"))
                .isEqualTo("md5");
        assertThat(TokenCaller.record(rig, ready().people("id_number=1")).detail("basis"))
                .isEqualTo("none");
    }

    @Test
    void refusals_have_the_codes_of_the_province_and_say_why() throws Exception {
        TokenCaller ready = ready();
        assertRefused("14", "SIGNATURE_INVALID", caller().with("wrong").people("id_number=1"));
        assertRefused("14", "SIGNATURE_INVALID", caller().with("wrong").refresh("Key"));
        assertRefused("14", "KEY_UNKNOWN", ready().as("nobody").people("id_number=1"));
        assertRefused("14", "SIGNATURE_MALFORMED", caller().as("bg").people("id_number=1"));
        assertRefused(
                "14",
                "CLOCK_SKEWED",
                ready().at(Instant.now().minusSeconds(1_000)).people("id_number=1"));
        assertThat(ready.people("id_number=" + ID).get("code").asString()).isEqualTo("00");
        assertRefused("14", "REQUEST_REPLAYED", ready.people("id_number=" + ID));
        assertThat(ready.people("id_number=2").get("code").asString()).isEqualTo("00");
        assertRefused("KEY_FIELD_MISSING", "KEY_FIELD_MISSING", ready().people("limit=1"));
        assertRefused(
                "PARAMETER_INVALID",
                "PARAMETER_INVALID",
                ready().people("id_number=1&additional=nonsense"));
        assertRefused("REQUEST_MALFORMED", "REQUEST_MALFORMED", ready().json("nonsense"));
    }

    @Test
    void a_quota_that_is_used_up_is_code_18() throws Exception {
        assertThat(small().get("code").asString()).isEqualTo("00");
        assertRefused("18", "QUOTA_EXCEEDED", small());
    }

    private static JsonNode small() throws Exception {
        return ready().to("small").people("id_number=1");
    }

    @Test
    void a_key_that_was_switched_off_gets_no_secrets() throws Exception {
        JsonNode answer = caller().as("old").refresh("Key");

        assertRefused("KEY_SWITCHED_OFF", "KEY_SWITCHED_OFF", answer);
        assertThat(TokenCaller.record(rig, answer).detail("weak")).isEqualTo("md5");
    }

    @Test
    void secrets_hold_on_another_gateway_and_after_a_restart(@TempDir Path folder)
            throws Exception {
        TokenCaller caller = ready();
        String requestSecret = caller().refresh("Key").get("datas").get("requestSecret").asString();
        try (GatewayRig other = GatewayRig.standard(folder, database)) {
            TokenCaller there = new TokenCaller(other).with(requestSecret);
            assertThat(there.people("id_number=" + ID).get("code").asString()).isEqualTo("00");
            other.restart();
            assertThat(
                            new TokenCaller(other)
                                    .with(requestSecret)
                                    .people("id_number=2")
                                    .get("code")
                                    .asString())
                    .isEqualTo("00");
            assertRefused("14", "REQUEST_REPLAYED", there.people("id_number=" + ID));
        }
        assertThat(caller.people("id_number=3").get("code").asString()).isEqualTo("00");
    }

    private static void assertRefused(String code, String refusal, JsonNode answer) {
        assertThat(answer.get("code").asString())
                .as(Wire.JSON.writeValueAsString(answer))
                .isEqualTo(code);
        assertThat(answer.get("msg").asString()).startsWith(refusal + ": ");
        assertThat(answer.get("datas").asString()).isEmpty();
    }
}

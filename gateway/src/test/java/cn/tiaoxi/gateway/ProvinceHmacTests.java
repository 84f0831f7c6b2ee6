package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.ProvinceHmac;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.TraceRecord;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Callers of the province's HMAC style call unchanged. */
class ProvinceHmacTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        Instant past = Instant.now().minusSeconds(9_000);
        policy.applications.add(
                new CallerApplication(
                        "other",
                        "other",
                        "330500",
                        List.of(
                                TestPolicy.key(
                                        "bg-other",
                                        Algorithm.PROVINCE_HMAC,
                                        past,
                                        null,
                                        List.of(),
                                        null),
                                TestPolicy.key(
                                        "bg-late",
                                        Algorithm.PROVINCE_HMAC,
                                        past,
                                        past.plusSeconds(1),
                                        List.of(),
                                        null)),
                        true));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static Map<String, String> signed(String key, String pathAndQuery, Instant at) {
        return signed(key, pathAndQuery, pathAndQuery, at);
    }

    private static Map<String, String> signed(
            String key, String pathAndQuery, String signedText, Instant at) {
        String[] parts = signedText.split("\\?", 2);
        return new LinkedHashMap<>(
                ProvinceHmac.headers(
                        "GET",
                        pathAndQuery.split("\\?", 2)[0],
                        parts.length == 1 ? "" : parts[1],
                        key,
                        TestPolicy.SECRET,
                        at));
    }

    private static HttpResponse<String> call(String pathAndQuery, Map<String, String> headers)
            throws IOException, InterruptedException {
        return rig.send(rig.address(pathAndQuery), headers);
    }

    private static HttpResponse<String> call(String pathAndQuery)
            throws IOException, InterruptedException {
        return call(pathAndQuery, signed("bg", pathAndQuery, Instant.now()));
    }

    @Test
    void a_signed_call_is_answered_and_traced() throws Exception {
        HttpResponse<String> response = call(LOOKUP + "&fields=name");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = GatewayRig.json(response);
        assertThat(answer.get("rows").toString()).isEqualTo("[{\"name\":\"王**\"}]");
        TraceRecord record = TokenCaller.record(rig, answer);
        assertThat(record.actor()).isEqualTo("app");
        assertThat(record.detail())
                .containsEntry("keyId", "bg")
                .containsEntry("style", "PROVINCE_HMAC")
                .doesNotContainKey("weak");
    }

    @Test
    void the_path_of_the_province_leads_to_the_interface() throws Exception {
        HttpResponse<String> response =
                call("/restapi/prod/PEOPLE/api?id_number=330502199000000009&fields=name");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void the_query_is_sorted_and_signed_as_sent_or_decoded() throws Exception {
        String sent =
                "/api/people?updated=2026-01-01T08%3A07%3A00%2B08%3A00&limit=1&division=330503";
        String decoded = "/api/people?updated=2026-01-01T08:07:00+08:00&limit=1&division=330503";
        for (String text : List.of(sent, decoded)) {
            HttpResponse<String> response = call(sent, signed("bg", sent, text, Instant.now()));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }

    @Test
    void a_decoded_query_that_reads_in_two_ways_is_not_taken() throws Exception {
        String signedText = "/api/people?id_number=1&limit=1";
        String sent = "/api/people?id_number=1%26limit=1";
        refused(
                Refusal.SIGNATURE_INVALID,
                call(sent, signed("bg", sent, signedText, Instant.now())));
    }

    @Test
    void whatever_is_wrong_with_the_signature_is_401() throws Exception {
        Instant now = Instant.now();
        for (String header :
                List.of(
                        ProvinceHmac.SIGNATURE,
                        ProvinceHmac.ALGORITHM,
                        ProvinceHmac.ACCESS_KEY,
                        ProvinceHmac.DATE_TIME)) {
            Map<String, String> headers = signed("bg", LOOKUP, now);
            headers.remove(header);
            refused(Refusal.SIGNATURE_MISSING, call(LOOKUP, headers));
            headers.put(header, "?");
            refused(
                    header.equals(ProvinceHmac.ACCESS_KEY)
                            ? Refusal.KEY_UNKNOWN
                            : Refusal.SIGNATURE_MALFORMED,
                    call(LOOKUP, headers));
        }
        refused(Refusal.SIGNATURE_INVALID, call(LOOKUP + "&limit=1", signed("bg", LOOKUP, now)));
        refused(Refusal.KEY_UNKNOWN, call(LOOKUP, signed("nobody", LOOKUP, now)));
        refused(Refusal.SIGNATURE_MALFORMED, call(LOOKUP, signed("hmac", LOOKUP, now)));
        refused(Refusal.KEY_EXPIRED, call(LOOKUP, signed("bg-late", LOOKUP, now)));
        refused(Refusal.GRANT_MISSING, call(LOOKUP, signed("bg-other", LOOKUP, now)));
    }

    @Test
    void the_clock_may_be_90_seconds_away_and_no_more() throws Exception {
        for (long away : List.of(-88L, 88L)) {
            String lookup = LOOKUP + "&limit=" + (away > 0 ? 3 : 4);
            assertThat(
                            call(lookup, signed("bg", lookup, Instant.now().plusSeconds(away)))
                                    .statusCode())
                    .isEqualTo(200);
        }
        for (long away : List.of(-92L, 92L)) {
            refused(
                    Refusal.CLOCK_SKEWED,
                    call(LOOKUP, signed("bg", LOOKUP, Instant.now().plusSeconds(away))));
        }
    }

    @Test
    void a_signature_is_taken_once_however_it_is_written() throws Exception {
        String lookup = LOOKUP + "&limit=7";
        Map<String, String> headers = signed("bg", lookup, Instant.now());
        assertThat(call(lookup, headers).statusCode()).isEqualTo(200);
        refused(Refusal.REQUEST_REPLAYED, call(lookup, headers));
        String turned = "/api/people?limit=7&id_number=330502199000000007";
        refused(Refusal.REQUEST_REPLAYED, call(turned, headers));
        headers.computeIfPresent(ProvinceHmac.SIGNATURE, (name, value) -> value.replace("=", ""));
        refused(Refusal.REQUEST_REPLAYED, call(lookup, headers));
        rig.restart();
        headers.put(ProvinceHmac.SIGNATURE, headers.get(ProvinceHmac.SIGNATURE) + "=");
        // The gateway has another port now, and the text covers no host.
        refused(Refusal.REQUEST_REPLAYED, call(lookup, headers));
    }

    @Test
    void a_body_is_not_covered_and_therefore_not_taken() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(rig.address(LOOKUP));
        signed("bg", LOOKUP, Instant.now()).forEach(request::header);
        ProvinceHmac.headers(
                        "POST",
                        "/api/people",
                        LOOKUP.substring(LOOKUP.indexOf('?') + 1),
                        "bg",
                        TestPolicy.SECRET,
                        Instant.now())
                .forEach(request::setHeader);

        refused(
                Refusal.SIGNATURE_INCOMPLETE,
                rig.client.send(
                        request.POST(HttpRequest.BodyPublishers.ofString("limit=2")).build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private static void refused(Refusal refusal, HttpResponse<String> response) {
        assertThat(response.body()).contains("\"code\":\"" + refusal.name() + "\"");
        assertThat(response.statusCode()).isEqualTo(401);
        TraceRecord record = TokenCaller.record(rig, GatewayRig.json(response));
        assertThat(record.outcome()).isEqualTo(refusal.name());
        assertThat(record.detail("status")).isEqualTo("401");
    }
}

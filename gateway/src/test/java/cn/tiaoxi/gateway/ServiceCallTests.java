package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.TraceRecord;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls of departments' services, beside lookups. */
class ServiceCallTests {
    @TempDir static Path data;
    private static TestDatabase database;
    private static TestService service;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        service = TestService.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        ServicePolicy persons = ServicePolicy.of("persons", service).known("X-Key", "opens sesame");
        persons.records = "/data";
        persons.around = List.of("/total");
        persons.addTo(policy);
        service.json(
                "/persons",
                """
                {"total":2,"trace":"x","data":[
                 {"name":"张三","phone":"13857212345","secret":"s","added":{"deep":1}},
                 {"name":"李四","phone":13857212345,"division":330502,"added":2}]}
                """);
        ServicePolicy.of("asked", service).parameters().addTo(policy);
        service.json("/asked/a%2Fb%3Fc", "{}");
        ServicePolicy table = ServicePolicy.of("table", service);
        table.format = Format.CSV;
        table.addTo(policy);
        service.at(
                "/table",
                (request, out) ->
                        TestService.whole(
                                out,
                                "200 OK",
                                "text/csv; charset=UTF-8",
                                "secret,name,new\r\n1,王五,2\r\n"));
        ServicePolicy lines = ServicePolicy.of("lines", service);
        lines.format = Format.NDJSON;
        lines.addTo(policy);
        service.at(
                "/lines",
                (request, out) ->
                        TestService.whole(
                                out,
                                "200 OK",
                                "application/x-ndjson",
                                "{\"name\":\"张三\",\"secret\":1}\n{\"secret\":2}\n"));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        service.close();
        database.close();
    }

    private static TraceRecord record(HttpResponse<String> response) {
        String id = response.headers().firstValue("Tiaoxi-Request-Id").orElseThrow();
        return rig.trace().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void what_is_not_granted_or_not_known_is_cut_and_the_rest_is_masked() throws Exception {
        HttpResponse<String> response = rig.call("/api/persons?q=x");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(GatewayRig.json(response))
                .isEqualTo(
                        cn.tiaoxi.contract.Wire.JSON.readTree(
                                """
                                {"total":2,"data":[
                                 {"name":"张*","phone":"138****2345"},
                                 {"name":"李*","phone":"138****2345","division":330502}]}
                                """));
    }

    @Test
    void the_trace_says_what_was_cut_and_how_much_came() throws Exception {
        HttpResponse<String> response = rig.call("/api/persons?q=13857212345");

        TraceRecord record = record(response);
        assertThat(record.action()).isEqualTo("call");
        assertThat(record.outcome()).isEqualTo("OK");
        assertThat(record.detail())
                .containsEntry("rows", "2")
                .containsEntry("withheld", "1")
                .containsEntry("overReturned", "3")
                .containsEntry("overReturnedNames", "{\"/data/added\":2,\"/trace\":1}")
                .containsEntry("bytes", Integer.toString(response.body().getBytes().length))
                .containsEntry("fields", "name,phone,division,born")
                .containsKeys("answerHash", "upstreamBytes", "upstream", "key.q", "grant")
                .doesNotContainKey("sha256");
        assertThat(new String(record.toBytes(), StandardCharsets.UTF_8))
                .doesNotContain("13857212345");
    }

    @Test
    void a_caller_may_ask_for_fewer_fields() throws Exception {
        HttpResponse<String> response = rig.call("/api/persons?fields=division");

        assertThat(response.body()).contains("330502").doesNotContain("name");
        assertThat(GatewayRig.json(rig.call("/api/persons?fields=secret")).get("code").asString())
                .isEqualTo("FIELD_NOT_GRANTED");
    }

    @Test
    void nothing_of_the_callers_request_reaches_the_service_but_what_is_declared()
            throws Exception {
        rig.call(TestPolicy.HMAC, "/api/persons?q=a%20%26b", "Cookie", "c=1", "X-Other", "y");

        TestService.Request seen =
                service.requests.stream()
                        .filter(r -> r.target().equals("/persons?q=a%20%26b"))
                        .findFirst()
                        .orElseThrow();
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.headers().keySet())
                .containsExactlyInAnyOrder(
                        "host",
                        "user-agent",
                        "accept",
                        "accept-encoding",
                        "tiaoxi-request-id",
                        "x-key");
        assertThat(seen.headers())
                .containsEntry("x-key", "opens sesame")
                .containsEntry("host", service.address().getAuthority());
    }

    @Test
    void parameters_stand_where_they_are_declared() throws Exception {
        HttpResponse<String> response =
                RawCall.signed(
                                rig,
                                "POST",
                                "/api/asked?code=a%2Fb%3Fc&kind=A&X-Area=330502",
                                "{\"age\":18}")
                        .header("Content-Type", "application/json")
                        .send();

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        TestService.Request seen =
                service.requests.stream()
                        .filter(r -> r.target().equals("/asked/a%2Fb%3Fc?kind=A"))
                        .findFirst()
                        .orElseThrow();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.headers())
                .containsEntry("x-area", "330502")
                .containsEntry("content-type", "application/json");
        assertThat(seen.body()).isEqualTo("{\"age\":18}");
        assertThat(rig.call("/api/asked?code=a%2Fb%3Fc&age=18").statusCode()).isEqualTo(200);
    }

    @Test
    void tables_and_lines_are_filtered_too() throws Exception {
        HttpResponse<String> table = rig.call("/api/table");
        HttpResponse<String> lines = rig.call("/api/lines");

        assertThat(table.body()).isEqualTo("name\r\n王*\r\n");
        assertThat(table.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(record(table).detail()).containsEntry("rows", "1");
        assertThat(lines.body()).isEqualTo("{\"name\":\"张*\"}\n{}\n");
        assertThat(record(lines).detail()).containsEntry("rows", "2");
    }

    @Test
    void the_provinces_token_style_wraps_the_answer() throws Exception {
        JsonNode answer =
                new TokenCaller(rig).late(java.time.Duration.ZERO).to("persons").people("q=1");

        assertThat(answer.get("code").asString()).isEqualTo("00");
        assertThat(answer.get("dataCount").asInt()).isEqualTo(2);
        assertThat(answer.get("datas").asString()).contains("张*").doesNotContain("secret");
    }

    @Test
    void a_lookup_stands_beside_it() throws Exception {
        HttpResponse<String> lookup = rig.call("/api/people?id_number=330502199000000007");

        assertThat(GatewayRig.json(lookup).get("count").asInt()).isEqualTo(1);
        assertThat(RawCall.signed(rig, "POST", "/api/people?id_number=1", "").send().statusCode())
                .isEqualTo(200);
        assertThat(RawCall.signed(rig, "POST", "/api/persons?q=1", "").send().statusCode())
                .isEqualTo(405);
    }

    @Test
    void connections_are_used_again() throws Exception {
        rig.call("/api/persons?q=1");
        int before = service.connections.get();
        for (int i = 0; i < 10; i++) {
            assertThat(rig.call("/api/persons?q=" + i).statusCode()).isEqualTo(200);
        }
        assertThat(service.connections.get() - before).isLessThan(10);
    }
}

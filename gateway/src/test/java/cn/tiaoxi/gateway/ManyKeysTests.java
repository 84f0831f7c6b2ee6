package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Lookups by up to a thousand values of a key, and by a range. */
class ManyKeysTests {
    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        PublishedInterface people =
                TestPolicy.people("ranged", "serving.t_people_1", InterfaceState.LIVE);
        policy.interfaces.add(people.withRanges(List.of("born", "income", "updated")));
        policy.grants.add(TestPolicy.grant("g-ranged", "ranged"));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static String id(int row) {
        return "330502" + "1990" + "%08d".formatted(row);
    }

    private static String ids(IntStream rows) {
        return rows.mapToObj(row -> "\"" + id(row) + "\"").collect(Collectors.joining(","));
    }

    private static HttpResponse<String> ask(String body) throws Exception {
        return RawCall.signed(rig, "POST", "/api/ranged", body)
                .header("Content-Type", "application/json")
                .send();
    }

    @Test
    void a_thousand_identifiers_are_looked_up_in_pages() throws Exception {
        String wanted = ids(IntStream.rangeClosed(1, 1_000));
        List<String> updated = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<String> page =
                    ask(
                            "{\"id_number\":["
                                    + wanted
                                    + "],\"fields\":[\"updated\"],\"limit\":200"
                                    + after
                                    + "}");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            JsonNode answer = GatewayRig.json(page);
            answer.get("rows").forEach(row -> updated.add(row.get("updated").asString()));
            JsonNode next = answer.get("next");
            after = next.isNull() ? "" : ",\"after\":\"" + next.asString() + "\"";
        } while (!after.isEmpty());
        assertThat(updated).hasSize(500).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void values_count_once_and_other_keys_narrow_them() throws Exception {
        HttpResponse<String> found =
                ask("{\"id_number\":[" + ids(IntStream.of(7, 8, 7)) + "],\"division\":330503}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(GatewayRig.json(found).get("count").asInt()).isEqualTo(1);
    }

    @Test
    void a_range_is_paged_in_its_order_with_ties() throws Exception {
        database.execute("UPDATE serving.t_people_1 SET born = '1990-02-01' WHERE tiaoxi_row < 40");
        List<String> born = new ArrayList<>();
        int rows = 0;
        String after = "";
        do {
            HttpResponse<String> page =
                    rig.call(
                            "/api/ranged?born.from=1990-02-01&born.before=1990-04-01&limit=7"
                                    + after);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            JsonNode answer = GatewayRig.json(page);
            rows += answer.get("count").asInt();
            answer.get("rows").forEach(row -> born.add(row.get("updated").asString()));
            JsonNode next = answer.get("next");
            after = next.isNull() ? "" : "&after=" + next.asString();
        } while (!after.isEmpty());
        assertThat(born).doesNotHaveDuplicates();
        // Rows 1 to 39 were brought to 1 February; 31 more days of January and February follow.
        assertThat(rows).isEqualTo(39 + 89 - 39);
    }

    @Test
    void a_range_may_be_open_and_narrowed_by_other_keys() throws Exception {
        JsonNode answer =
                GatewayRig.json(rig.call("/api/ranged?income.from=740&division=330502&limit=200"));
        assertThat(answer.get("count").asInt()).isEqualTo(4);
    }

    @Test
    void what_cannot_be_asked_is_refused_by_name() throws Exception {
        refused(400, "PARAMETER_UNKNOWN", rig.call("/api/people?born.from=1990-02-01"));
        refused(400, "PARAMETER_UNKNOWN", rig.call("/api/ranged?division.from=1"));
        refused(400, "PARAMETER_UNKNOWN", rig.call("/api/ranged?born.after=1990-02-01"));
        refused(422, "PARAMETER_INVALID", rig.call("/api/ranged?born.from=soon"));
        refused(
                422,
                "PARAMETER_INVALID",
                rig.call("/api/ranged?born.from=1990-01-01&income.from=3"));
        refused(
                400,
                "PARAMETER_REPEATED",
                rig.call("/api/ranged?born.from=1990-01-01&born=1990-01-01"));
        refused(422, "PARAMETER_INVALID", ask("{\"id_number\":[]}"));
        refused(422, "PARAMETER_INVALID", ask("{\"id_number\":[[\"1\"]]}"));
        refused(422, "PARAMETER_INVALID", ask("{\"division\":[\"x\"]}"));
        refused(400, "PARAMETER_UNKNOWN", ask("{\"name\":[\"x\"]}"));
        refused(400, "REQUEST_MALFORMED", ask("[]"));
        refused(400, "REQUEST_MALFORMED", ask("{\"id_number\":[\"1\""));
        refused(
                422,
                "PARAMETER_TOO_LONG",
                ask(
                        "{\"division\":["
                                + IntStream.rangeClosed(1, 1_001)
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(","))
                                + "]}"));
        refused(
                400,
                "REQUEST_MALFORMED",
                RawCall.signed(rig, "POST", "/api/ranged", "id_number=1")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .send());
    }

    private static void refused(int status, String code, HttpResponse<String> answer)
            throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(GatewayRig.json(answer).get("code").asString()).isEqualTo(code);
    }
}

package cn.tiaoxi.platform.superior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.sharing.Holds;
import cn.tiaoxi.platform.sharing.Policies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** One platform that is its own province: both ends over HTTP, with the real tables. */
@PlatformTest
class LevelsTests {
    private static final String API = "/api/v1";

    @Autowired private Visitors visitors;
    @Autowired private Environment environment;
    @Autowired private Uplinks uplinks;
    @Autowired private UplinkStore uplinkStore;
    @Autowired private ReportQueue queue;
    @Autowired private Collector collector;
    @Autowired private Courier courier;
    @Autowired private OrderWork work;
    @Autowired private SentOrderStore sent;
    @Autowired private Inbox inbox;
    @Autowired private ProvinceClient province;
    @Autowired private Holds holds;
    @Autowired private Policies policies;
    @Autowired private OwnKeys keys;
    @Autowired private JdbcClient database;
    @Autowired private TransactionTemplate transaction;

    private Visitor steward;
    private String address;
    private String subordinate;
    private String code;

    @BeforeEach
    void invited() {
        steward = visitors.person("zhao.lei");
        address = "http://127.0.0.1:" + environment.getProperty("local.server.port");
        Visitor.Answer made =
                steward.post(API + "/subordinates", Map.of("name", "测试市", "division", "330500"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        subordinate = made.json().path("subordinate").path("id").asString();
        code = made.json().path("code").asString();
    }

    @AfterEach
    void alone() {
        if (uplinks.find().isPresent()) {
            steward.delete(API + "/uplink?reason=ended");
        }
        assertThat(uplinks.find()).isEmpty();
    }

    private Visitor.Answer connect(String with) {
        return steward.post(API + "/uplink", Map.of("address", address, "code", with));
    }

    private void connected() {
        Visitor.Answer answer = connect(code);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private String published() {
        String id = "u-" + UUID.randomUUID().toString().substring(0, 8);
        Visitor.Answer made =
                visitors.person("wang.wei")
                        .post(
                                API + "/interfaces/services",
                                Map.of(
                                        "id",
                                        id,
                                        "name",
                                        "人员查询 " + id,
                                        "sharing",
                                        "CONDITIONAL",
                                        "address",
                                        "http://127.0.0.1:9",
                                        "path",
                                        "/people",
                                        "fields",
                                        List.of(field("code"), field("name"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return id;
    }

    private static Map<String, String> field(String name) {
        return Map.of(
                "name", name, "label", "字段", "type", "TEXT", "grade", "L2", "description", "测试");
    }

    private void delivered() {
        collector.collect();
        Waiting.until(
                "all reports acknowledged",
                () -> {
                    courier.sendSome();
                    return uplinks.lag().waiting();
                },
                waiting -> waiting == 0);
    }

    private JsonNode reported(String kind, String text) {
        return steward.get(
                        API
                                + "/subordinates/"
                                + subordinate
                                + "/reported?kind="
                                + kind
                                + "&q="
                                + text)
                .json();
    }

    @Test
    void aCodeConnectsOnceAndBothEndsShowEachOthersKeys() {
        connected();
        JsonNode below = steward.get(API + "/subordinates/" + subordinate).json();
        JsonNode above = steward.get(API + "/uplink").json();
        assertThat(below.path("state").asString()).isEqualTo("ENROLLED");
        assertThat(below.path("print").asString()).isEqualTo(above.path("ownPrint").asString());
        assertThat(above.path("uplink").path("print").asString())
                .isEqualTo(Prints.of(keys.messages().material()));
        assertThat(connect(code).code()).isEqualTo("UPLINK_THERE");
    }

    @Test
    void aWrongCodeIsRefused() {
        String wrong = code.substring(0, code.length() - 4) + "AAAA";
        assertThat(connect(wrong).code()).isEqualTo("UPLINK_REFUSED");
        assertThat(connect("no code").status()).isEqualTo(400);
        database.sql(
                        """
                        UPDATE superior.subordinate SET code_expires = now() - interval '1 s'
                         WHERE id = :id::uuid
                        """)
                .param("id", subordinate)
                .update();
        assertThat(connect(code).code()).isEqualTo("UPLINK_REFUSED");
    }

    @Test
    void whatIsPublishedIsReportedWithoutData() {
        String id = published();
        connected();
        delivered();
        JsonNode reported = reported("INTERFACE", id).path("items");
        assertThat(reported).hasSize(1);
        assertThat(reported.get(0).path("title").asString()).isEqualTo("人员查询 " + id);
        assertThat(reported.get(0).path("body").path("fields")).hasSize(2);
    }

    @Test
    void aLostAcknowledgementDoublesNothing() {
        connected();
        published();
        collector.collect();
        Uplink uplink = uplinks.find().orElseThrow();
        List<Protocol.Report> reports =
                transaction.execute(
                        s -> {
                            uplinkStore.lock();
                            return queue.next();
                        });
        if (!reports.isEmpty()) {
            long first = province.send(uplink, new Protocol.Reports(reports)).received();
            long again = province.send(uplink, new Protocol.Reports(reports)).received();
            assertThat(first).isGreaterThanOrEqualTo(reports.getLast().number());
            assertThat(again).isGreaterThanOrEqualTo(first);
        }
        delivered();
        Uplink after = uplinks.find().orElseThrow();
        assertThat(after.acknowledged()).isEqualTo(after.lastNumber());
    }

    @Test
    void hoursAreTakenAsTheyAreAndNotAddedUp() {
        connected();
        long begin = uplinks.find().orElseThrow().lastNumber() + 1_000_000;
        Instant hour = Instant.parse("2026-11-20T03:00:00Z");
        for (int i = 0; i < 2; i++) {
            Hour calls = new Hour(hour, "some-lookup", 7 + i, 6, 60, Map.of("QUOTA", 1L + i));
            Protocol.Report report =
                    new Protocol.Report(
                            begin + i,
                            "TRAFFIC",
                            calls.object(),
                            hour,
                            Wire.JSON.valueToTree(calls));
            byte[] body = Wire.JSON.writeValueAsBytes(new Protocol.Reports(List.of(report)));
            inbox.take(subordinate, body);
            inbox.take(subordinate, body);
        }
        JsonNode days = steward.get(API + "/subordinates/" + subordinate + "/traffic").json();
        assertThat(days).hasSize(1);
        assertThat(days.get(0).path("calls").asLong()).isEqualTo(8);
    }

    @Test
    void ofManyChangesWithoutAConnectionOnlyTheLastStateWaits() {
        connected();
        delivered();
        transaction.executeWithoutResult(
                status -> {
                    for (int i = 0; i < 5; i++) {
                        queue.add(
                                uplinkStore.lock().orElseThrow(),
                                List.of(
                                        new ReportQueue.New(
                                                Protocol.Kind.INTERFACE,
                                                "waits",
                                                Map.of("title", "state " + i))),
                                Instant.now());
                    }
                    assertThat(queue.next().stream().filter(r -> r.object().equals("waits")))
                            .singleElement()
                            .satisfies(
                                    r ->
                                            assertThat(r.body().path("title").asString())
                                                    .isEqualTo("state 4"));
                });
        delivered();
        assertThat(reported("INTERFACE", "waits").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aProvinceThatLostReportsGetsAllAnew() {
        String id = published();
        connected();
        delivered();
        database.sql("DELETE FROM superior.reported_object WHERE subordinate = :id::uuid")
                .param("id", subordinate)
                .update();
        database.sql("UPDATE superior.subordinate SET received = 0 WHERE id = :id::uuid")
                .param("id", subordinate)
                .update();
        Waiting.until(
                "the report again",
                () -> {
                    courier.fetch(uplinks.find().orElseThrow(), Duration.ZERO);
                    delivered();
                    return reported("INTERFACE", id).path("total").asInt();
                },
                total -> total == 1);
    }

    private Visitor.Answer order(String act, String lookup) {
        return steward.post(
                API + "/subordinates/" + subordinate + "/orders",
                Map.of(
                        "act",
                        act,
                        "interfaceId",
                        lookup,
                        "reason",
                        "超范围提供数据",
                        "legalBasis",
                        "《浙江省公共数据条例》第四十条"));
    }

    @Test
    void aSuspensionFromAboveHoldsUntilItIsLiftedAboveAndIsAnswered() throws Exception {
        String id = published();
        connected();
        assertThat(order("SUSPEND", id).status()).isEqualTo(201);
        Waiting.until("the hold", () -> holds.find(id).isPresent(), held -> held);
        assertThat(inPolicy(id)).contains("WITHDRAWN");
        Visitor.Answer restored =
                visitors.person("wang.wei")
                        .post(API + "/interfaces/" + id + "/restore", Map.of("reason", "恢复"));
        assertThat(restored.status()).isEqualTo(409);
        assertThat(holds.find(id)).isPresent();
        delivered();
        assertThat(reported("INTERFACE", id).path("items").get(0).path("state").asString())
                .isEqualTo("SUSPENDED");
        JsonNode orders =
                steward.get(API + "/subordinates/" + subordinate + "/orders").json().path("items");
        assertThat(orders.get(0).path("result").asString()).isEqualTo("APPLIED");

        Uplink uplink = uplinks.find().orElseThrow();
        assertThat(order("LIFT", id).status()).isEqualTo(201);
        Waiting.until("the lift", () -> holds.find(id).isEmpty(), gone -> gone);
        sent.after(subordinate, 0).forEach(each -> work.carryOut(uplink, each));
        assertThat(inPolicy(id)).contains("LIVE");
        assertThat(holds.find(id)).as("orders carried out again change nothing").isEmpty();
        assertThat(
                        steward.get(API + "/uplink/orders")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(o -> o.path("interfaceId").asString().equals(id)))
                .hasSize(2);
    }

    private String inPolicy(String id) throws InterruptedException {
        assertThat(policies.after(0, "", Duration.ZERO)).isPresent();
        return database.sql(
                        """
                        SELECT encode(content, 'escape') FROM sharing.policy_item
                         WHERE kind = 'INTERFACE' AND id = :id
                        """)
                .param("id", id)
                .query(String.class)
                .single();
    }

    @Test
    void anOrderOnWhatTheCityDoesNotHaveIsRefusedAndSaysWhy() {
        connected();
        assertThat(order("SUSPEND", "no-such-lookup").status()).isEqualTo(201);
        JsonNode answered =
                Waiting.until(
                        "the answer",
                        () ->
                                steward.get(API + "/subordinates/" + subordinate + "/orders")
                                        .json()
                                        .path("items")
                                        .get(0),
                        o -> !o.path("result").asString("").isEmpty());
        assertThat(answered.path("refusal").asString()).isEqualTo("INTERFACE_UNKNOWN");
    }

    @Test
    void anOrderThatIsNotSignedByTheProvinceIsNotCarriedOut() {
        connected();
        Uplink uplink = uplinks.find().orElseThrow();
        Protocol.SignedOrder forged =
                new Protocol.SignedOrder(
                        "{\"subordinate\":\"" + uplink.id() + "\",\"number\":1}",
                        SignedMessage.order(keys.calls().secret(), "another text"));
        assertThatThrownBy(() -> work.carryOut(uplink, forged))
                .isInstanceOf(SuperiorException.class);
    }

    @Test
    void messagesAreRefusedUnsignedAlteredOldRepeatedOrAfterRevocation() throws Exception {
        connected();
        URI at = URI.create(address + "/upper/v1/reports");
        byte[] body = "{\"reports\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] other = "{\"reports\":[ ]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Instant now = Instant.now();
        assertThat(post(at, body, Map.of())).isEqualTo("MESSAGE_SIGNATURE_WRONG");
        Map<String, String> good = signed(at, body, now);
        assertThat(post(at, other, good)).isEqualTo("MESSAGE_SIGNATURE_WRONG");
        assertThat(post(at, body, signed(at, body, now.minusSeconds(600))))
                .isEqualTo("MESSAGE_STALE");
        assertThat(post(at, body, good)).isEmpty();
        assertThat(post(at, body, good)).isEqualTo("MESSAGE_REPLAYED");
        Visitor.Answer revoked =
                steward.post(
                        API + "/subordinates/" + subordinate + "/revocation",
                        Map.of("reason", "不再接入"));
        assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
        assertThat(post(at, body, signed(at, body, now))).isEqualTo("SUBORDINATE_REVOKED");
    }

    private Map<String, String> signed(URI at, byte[] body, Instant when) {
        return SignedMessage.ask(
                keys.messages().secret(),
                subordinate,
                "POST",
                at,
                body,
                Prints.of(keys.messages().material()),
                when,
                SignedMessage.nonce());
    }

    /** The code of the refusal, or nothing. */
    private static String post(URI at, byte[] body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at)
                        .POST(BodyPublishers.ofByteArray(body))
                        .header("Content-Type", "application/json");
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return Wire.JSON.readTree(answer.body()).path("code").asString("");
        }
    }
}

package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.HttpUpstream.Credential;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Departments' own services as interfaces. */
@PlatformTest
class ServiceTests {
    private static final String API = "/api/v1/interfaces";
    private static final String DOCUMENT =
            """
            openapi: 3.0.3
            info: {title: 不动产登记查询, version: '1'}
            servers: [{url: 'https://bdc.example:8443/v1/'}]
            paths:
              /owners/{code}:
                parameters:
                  - {name: code, in: path, required: true, schema: {type: string, pattern: '^[0-9]{18}$'}}
                get:
                  summary: 查询权利人
                  parameters:
                    - {name: page, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
                    - {name: kinds, in: query, schema: {type: array, items: {type: string}}}
                    - $ref: '#/components/parameters/Area'
                  responses:
                    '200':
                      content:
                        application/json:
                          schema:
                            type: object
                            properties:
                              code: {type: integer}
                              data:
                                type: object
                                properties:
                                  total: {type: integer}
                                  rows: {type: array, items: {$ref: '#/components/schemas/Owner'}}
              /write:
                post:
                  requestBody:
                    required: true
                    content: {application/xml: {schema: {type: object}}}
                  responses: {'200': {description: ok}}
            components:
              parameters:
                Area: {name: X-Area, in: header, required: true, schema: {enum: ['330502', '330503']}}
              schemas:
                Owner:
                  type: object
                  properties:
                    name: {type: string, title: 姓名}
                    phone: {type: string, description: 手机号}
                    contact: {allOf: [{$ref: '#/components/schemas/Contact'}]}
                    tags: {type: array, items: {type: string}}
                Contact: {properties: {mail: {type: [string, 'null']}, next: {$ref: '#/components/schemas/Contact'}}}
            """;

    private final Visitors visitors;
    private final Policies policy;
    private final GatewayKeys keys;
    private final DataFolder data;

    @Autowired
    ServiceTests(Visitors visitors, Policies policy, GatewayKeys keys, DataFolder data) {
        this.visitors = visitors;
        this.policy = policy;
        this.keys = keys;
        this.data = data;
    }

    private Visitor owner() {
        return visitors.person("wang.wei");
    }

    private static Map<String, Object> service() {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("id", "svc-" + UUID.randomUUID().toString().substring(0, 8));
        service.put("name", "不动产登记查询");
        service.put("sharing", "CONDITIONAL");
        service.put("address", "https://bdc.example:8443/v1");
        service.put("method", "GET");
        service.put("path", "/owners/{code}");
        service.put(
                "parameters",
                List.of(
                        Map.of(
                                "name", "code",
                                "place", "PATH",
                                "required", true,
                                "type", "TEXT",
                                "pattern", "^[0-9]{18}$")));
        service.put("format", "JSON");
        service.put("records", "/data/rows");
        service.put("around", List.of("/code"));
        service.put(
                "fields",
                List.of(
                        field("name", "姓名", "L3", "person_name"),
                        field("/contact/mail", "邮箱", "L2", null)));
        service.put("credential", Map.of("header", "X-Key", "secret", "opens sesame"));
        return service;
    }

    private static Map<String, Object> field(String name, String label, String grade, String kind) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", name);
        field.put("label", label);
        field.put("type", "TEXT");
        field.put("grade", grade);
        field.put("kind", kind);
        field.put("description", "");
        return field;
    }

    private String registered(Map<String, Object> service) {
        Answer made = owner().post(API + "/services", service);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private Answer change(String id, Map<String, Object> service, long version) {
        return owner().sendJson(
                        "PUT",
                        API + "/" + id + "/service",
                        service,
                        Map.of("If-Match", "\"" + version + "\""));
    }

    private PublishedInterface published(String id) {
        try {
            String open = Files.readString(data.folder("keys").resolve("policy.pub"));
            return SignedPolicy.open(
                            policy.current().open().readAllBytes(), Ed25519Keys.publicKey(open))
                    .interfaces()
                    .stream()
                    .filter(i -> i.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDocumentTellsWhatCanBeAskedAndWhatComes() {
        Answer read = owner().post(API + "/services/read", Map.of("document", DOCUMENT));

        assertThat(read.status()).as(read.toString()).isEqualTo(200);
        JsonNode document = read.json();
        assertThat(document.path("address").asString()).isEqualTo("https://bdc.example:8443/v1");
        JsonNode get = document.path("operations").get(0);
        assertThat(get.path("usable").asBoolean()).isTrue();
        assertThat(get.path("parameters").size()).isEqualTo(3);
        assertThat(get.path("parameters").get(0).path("pattern").asString())
                .isEqualTo("^[0-9]{18}$");
        assertThat(get.path("parameters").get(2).path("allowed").toString())
                .isEqualTo("[\"330502\",\"330503\"]");
        assertThat(get.path("notes").toString()).contains("kinds");
        JsonNode rows = get.path("places").get(0);
        assertThat(rows.path("records").asString()).isEqualTo("/data/rows");
        assertThat(rows.path("around").toString()).isEqualTo("[\"/code\",\"/data/total\"]");
        assertThat(rows.path("fields").get(0).path("label").asString()).isEqualTo("姓名");
        assertThat(rows.path("fields").get(1).path("label").asString()).isEqualTo("手机号");
        assertThat(rows.path("fields").get(1).path("grade").asString()).isNotEqualTo("L1");
        assertThat(rows.path("fields").get(2).path("name").asString()).isEqualTo("/contact/mail");
        JsonNode post = document.path("operations").get(1);
        assertThat(post.path("usable").asBoolean()).isFalse();
        assertThat(document.path("kinds").size()).isGreaterThan(3);
    }

    @Test
    void whatIsNoDocumentIsRefusedWithItsLine() {
        for (String wrong :
                List.of("nonsense", "openapi: 2.0", "{\"openapi\":\"3.0.0\"}", "a: [")) {
            Answer answer = owner().post(API + "/services/read", Map.of("document", wrong));
            assertThat(answer.status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void aServiceIsInThePolicyAtOnceWithItsSecretSealed() {
        String id = registered(service());

        PublishedInterface served = published(id);
        assertThat(served.table()).isEmpty();
        assertThat(served.keys()).isEmpty();
        var upstream = served.upstream();
        assertThat(upstream).isNotNull();
        assertThat(upstream.records()).isEqualTo("/data/rows");
        Credential credential = upstream.credential();
        assertThat(credential).isNotNull();
        assertThat(
                        new String(
                                keys.sealed().open(Credential.sealedFor(id), credential.sealed()),
                                StandardCharsets.UTF_8))
                .isEqualTo("opens sesame");
        Answer seen = owner().get(API + "/" + id);
        assertThat(seen.text()).doesNotContain("sesame").doesNotContain(credential.sealed());
        assertThat(seen.json().path("state").asString()).isEqualTo("LIVE");
        assertThat(seen.json().path("service").path("credential").asString()).isEqualTo("X-Key");
        JsonNode other = visitors.person("liu.yang").get(API + "/" + id).json();
        assertThat(other.path("service").path("address").asString()).isEmpty();
        assertThat(other.path("service").path("parameters").size()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidFieldByField() {
        Map<String, Object> wrong = service();
        wrong.put("address", "ftp://x");
        wrong.put("path", "/owners/{other}");
        wrong.put("tries", 9);
        wrong.put("times", Map.of("connect", 1));
        wrong.put("records", "data");
        wrong.put("fields", List.of(field("a,b", "", "L2", null)));
        wrong.put("credential", Map.of("header", "Host", "secret", "x"));

        Answer answer = owner().post(API + "/services", wrong);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("\"address\"")
                .contains("\"path\"")
                .contains("\"tries\"")
                .contains("\"times\"")
                .contains("\"records\"")
                .contains("fields[0].name")
                .contains("fields[0].label")
                .contains("credential.header");
    }

    @Test
    void aServiceIsChangedWithdrawnAndBroughtBack() {
        Map<String, Object> service = service();
        String id = registered(service);
        service.put("address", "http://10.1.2.3");
        service.put("credential", Map.of("header", "X-Other"));
        long version = owner().get(API + "/" + id).json().path("version").asLong();

        Answer changed = change(id, service, version);

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        var upstream = published(id).upstream();
        assertThat(upstream).isNotNull();
        assertThat(upstream.address().getHost()).isEqualTo("10.1.2.3");
        assertThat(upstream.credential()).isNotNull();
        assertThat(upstream.credential().header()).isEqualTo("X-Other");
        assertThat(change(id, service, version).code()).isEqualTo("VERSION_CONFLICT");
        owner().post(API + "/" + id + "/withdraw", Map.of("reason", "停用"));
        assertThat(published(id).state()).isEqualTo(InterfaceState.WITHDRAWN);
        Answer back = owner().post(API + "/" + id + "/restore", Map.of("reason", "恢复"));
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(published(id).state()).isEqualTo(InterfaceState.LIVE);
        assertThat(owner().post(API + "/" + id + "/refresh", Map.of()).code())
                .isEqualTo("INTERFACE_STATE");
    }

    @Test
    void itIsAskedForLikeALookupAndDocumented() {
        String id = registered(service());
        Visitor asker = visitors.person("liu.yang");
        String application =
                asker.post("/api/v1/applications", Map.of("name", "应用 " + id, "description", "x"))
                        .json()
                        .path("id")
                        .asString();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("interface", id);
        body.put("application", application);
        body.put("fields", List.of("name"));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", "社保补贴申领");
        body.put("validUntil", LocalDate.now().plusDays(100).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);

        Answer asked = asker.post("/api/v1/requests", body);

        assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
        JsonNode document = asker.get(API + "/" + id + "/openapi").json();
        assertThat(document.toString())
                .contains("^[0-9]{18}$")
                .contains("\"mail\"")
                .contains("rows");
        assertThat(asker.get(API + "/" + id + "/samples").json().path("curl").asString())
                .contains("code=VALUE")
                .doesNotContain("limit=20");
    }

    @Test
    void gatewaysTellHowItFares() {
        String id = registered(service());
        Instant now = Instant.now();
        GatewayHeartbeat beat =
                new GatewayHeartbeat(
                        "gateway-svc",
                        "http://127.0.0.1:1",
                        1,
                        now,
                        "test.example/svc",
                        cn.tiaoxi.trace.NoteSigner.generate("test.example/svc").verifier().vkey(),
                        0,
                        now,
                        null,
                        List.of(
                                new UpstreamHealth(
                                        id,
                                        UpstreamHealth.State.OPEN,
                                        now,
                                        UpstreamHealth.ProbeState.UNHEALTHY,
                                        now,
                                        7,
                                        5,
                                        "UPSTREAM_TIMEOUT",
                                        "first byte",
                                        now)),
                        null);
        Answer taken =
                visitors.anonymous()
                        .sendJson(
                                "POST",
                                "/gateway-control/v1/heartbeat",
                                Wire.JSON.writeValueAsString(beat),
                                Map.of("Authorization", "Bearer " + keys.token()));
        assertThat(taken.status()).as(taken.toString()).isEqualTo(204);

        JsonNode health = owner().get(API + "/" + id).json().path("service").path("health").get(0);

        assertThat(health.path("breaker").asString()).isEqualTo("OPEN");
        assertThat(health.path("lastFailure").asString()).isEqualTo("UPSTREAM_TIMEOUT");
    }

    @Test
    void nobodyRegistersForOthers() {
        Map<String, Object> service = service();
        service.put("organisation", "330500-police");
        assertThat(visitors.person("liu.yang").post(API + "/services", service).status())
                .isEqualTo(403);
    }
}

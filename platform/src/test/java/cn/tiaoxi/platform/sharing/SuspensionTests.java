package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.personnel.Roster;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who loses the right to access loses what gateways accept, at once. */
@PlatformTest
class SuspensionTests {
    private static final String API = "/api/v1";

    @Autowired private Visitors visitors;
    @Autowired private People people;
    @Autowired private Policies policies;
    @Autowired private DataFolder data;

    private Roster roster;
    private String vendor;
    private String username;
    private Visitor worker;
    private String person;
    private String application;
    private String key;

    @BeforeEach
    void somebodyAtWorkWithAProgramAndItsKey() {
        roster = new Roster(visitors, people);
        vendor = roster.vendor();
        username = roster.account("developer");
        worker = roster.signedIn(username);
        person = roster.person(vendor, username);
        application =
                worker.post(
                                API + "/applications",
                                Map.of("name", "应用" + Roster.unique(), "description", "测试"))
                        .json()
                        .path("id")
                        .asString();
        key = addKey(worker).json().path("key").path("id").asString();
        Answer named = answer(null, person);
        assertThat(named.status()).as(named.toString()).isEqualTo(200);
    }

    private Answer addKey(Visitor who) {
        return who.post(
                API + "/applications/" + application + "/keys", Map.of("algorithm", "hmac-sha256"));
    }

    private Answer answer(@Nullable String entry, String responsible) {
        Map<String, Object> body = new HashMap<>();
        body.put("responsible", responsible);
        body.put("reason", "指定密钥负责人");
        if (entry != null) {
            body.put("entry", entry);
        }
        String path = API + "/applications/" + application;
        return roster.steward()
                .sendJson(
                        "PUT",
                        path + "/responsible",
                        body,
                        Map.of("If-Match", roster.steward().get(path).version()));
    }

    private PolicySnapshot.CallerApplication caller() {
        return caller(policies.current());
    }

    private PolicySnapshot.CallerApplication caller(PolicyAnswer policy) {
        try {
            String open = Files.readString(data.folder("keys").resolve("policy.pub"));
            return SignedPolicy.open(policy.open().readAllBytes(), Ed25519Keys.publicKey(open))
                    .applications()
                    .stream()
                    .filter(a -> a.id().equals(application))
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean gatewaysAccept(String id) {
        PolicySnapshot.CallerApplication caller = caller();
        return caller.active() && caller.keys().stream().anyMatch(k -> k.id().equals(id));
    }

    private JsonNode shown() {
        return roster.steward().get(API + "/applications/" + application).json();
    }

    private JsonNode reach() {
        Answer reach = roster.steward().get(API + "/personnel/" + person + "/reach");
        assertThat(reach.status()).as(reach.toString()).isEqualTo(200);
        return reach.json();
    }

    @Test
    void leavingRevokesSessionAccountAndKeyAtOnce() throws Exception {
        assertThat(worker.get(API + "/applications").status()).isEqualTo(200);
        assertThat(gatewaysAccept(key)).isTrue();
        long before = policies.version();
        try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<PolicyAnswer>> waiting =
                    one.submit(
                            () ->
                                    policies.after(
                                            before,
                                            "0".repeat(32),
                                            java.time.Duration.ofSeconds(20)));

            roster.act("key-person", person, "leave");

            long left = System.nanoTime();
            PolicyAnswer told = waiting.get().orElseThrow();
            assertThat((System.nanoTime() - left) / 1_000_000).isLessThan(1000);
            assertThat(caller(told).active()).isFalse();
            assertThat(caller(told).keys()).isEmpty();
        }
        assertThat(worker.get(API + "/applications").code()).isEqualTo("NOT_SIGNED_IN");
        Visitor anew = visitors.anonymous();
        anew.get("/api/v1/session");
        assertThat(
                        anew.post(
                                        "/api/v1/session",
                                        Map.of("username", username, "password", Roster.PASSWORD))
                                .code())
                .isEqualTo("CREDENTIALS_WRONG");
        JsonNode reach = reach();
        assertThat(reach.path("account").path("active").asBoolean()).isFalse();
        assertThat(reach.path("account").path("sessions").asLong()).isZero();
        assertThat(reach.path("losses").get(0).path("byName").asString()).isEqualTo("赵磊");
        assertThat(shown().path("suspension").path("reason").asString()).contains("离岗");
    }

    @Test
    void aLostClearanceRevokesToo() {
        roster.change("key-person", person, Map.of("clearance", "LOST"));

        assertThat(worker.get(API + "/applications").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(gatewaysAccept(key)).isFalse();
        assertThat(reach().path("person").path("reasons").get(0).path("code").asString())
                .isEqualTo("NOT_CLEARED");
    }

    @Test
    void whatIsReachedIsToldBeforeItIsLost() {
        JsonNode reach = reach();
        assertThat(reach.path("reached").valueStream())
                .anySatisfy(
                        r -> {
                            assertThat(r.path("kind").asString()).isEqualTo("CALLER");
                            assertThat(r.path("lost").asBoolean()).isTrue();
                        })
                .anySatisfy(r -> assertThat(r.path("id").asString()).isEqualTo(key))
                .anySatisfy(r -> assertThat(r.path("kind").asString()).isEqualTo("ACCOUNT"));
        assertThat(reach.path("account").path("sessions").asLong()).isEqualTo(1);
    }

    @Test
    void reinstatingNamesWhoAndWhyAndGivesEverythingBack() {
        roster.act("key-person", person, "suspend");
        assertThat(gatewaysAccept(key)).isFalse();
        String path = API + "/personnel/" + person + "/reinstate";
        Map<String, String> reason = Map.of("reason", "误停，已核实");
        assertThat(roster.steward().post(path, reason).code()).isEqualTo("RESTORE_REASONS_LEFT");

        roster.act("key-person", person, "engage");
        assertThat(worker.get(API + "/applications").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(roster.steward().post(path, Map.of()).code()).isEqualTo("REQUEST_INVALID");
        Answer restored = roster.steward().post(path, reason);

        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        JsonNode loss = restored.json().path("losses").get(0);
        assertThat(loss.path("restoredByName").asString()).isEqualTo("赵磊");
        assertThat(loss.path("restoredReason").asString()).isEqualTo("误停，已核实");
        assertThat(gatewaysAccept(key)).isTrue();
        assertThat(roster.signedIn(username).get(API + "/applications").status()).isEqualTo(200);
        assertThat(roster.steward().post(path, reason).code()).isEqualTo("NOTHING_TO_RESTORE");
    }

    @Test
    void anotherResponsibleLetsTheApplicationCallAndEndsKeysThatWereSeen() {
        roster.act("key-person", person, "leave");
        String other = roster.person(vendor, roster.account("developer"));
        assertThat(answer(null, person).status()).isEqualTo(200);
        assertThat(gatewaysAccept(key)).isFalse();

        Answer named = answer(null, other);

        assertThat(named.status()).as(named.toString()).isEqualTo(200);
        assertThat(caller().active()).isTrue();
        assertThat(caller().keys()).isEmpty();
        assertThat(shown().path("keys").get(0).path("state").asString()).isEqualTo("REVOKED");
        String fresh = addKey(roster.steward()).json().path("key").path("id").asString();
        assertThat(gatewaysAccept(fresh)).isTrue();
    }

    @Test
    void nobodyWithoutARightToAccessIsGivenAny() {
        String other = roster.person(vendor, roster.account("developer"));
        roster.act("key-person", other, "leave");

        assertThat(answer(null, other).code()).isEqualTo("STANDING_MISSING");
        assertThat(shown().path("responsible").path("id").asString()).isEqualTo(person);
    }

    @Test
    void aBarredVendorLosesItsPeopleAndItsApplicationsAndGetsThemBack() {
        String entry = roster.application(vendor);
        String steward = roster.person(roster.vendor(), roster.account("developer"));
        assertThat(answer(entry, steward).status()).isEqualTo(200);
        JsonNode before =
                roster.steward().get(API + "/personnel/vendors/" + vendor + "/reach").json();
        assertThat(before.path("reached").valueStream())
                .anySatisfy(r -> assertThat(r.path("id").asString()).isEqualTo(person))
                .anySatisfy(r -> assertThat(r.path("id").asString()).isEqualTo(application));

        roster.act("vendor", vendor, "bar");

        assertThat(worker.get(API + "/applications").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(caller().active()).isFalse();
        String path = API + "/personnel/vendors/" + vendor + "/reinstate";
        assertThat(roster.steward().post(path, Map.of("reason", "整改完成")).code())
                .isEqualTo("RESTORE_REASONS_LEFT");
        roster.act("vendor", vendor, "pardon");
        roster.act("vendor", vendor, "admit");
        assertThat(caller().active()).isFalse();
        Answer restored = roster.steward().post(path, Map.of("reason", "整改完成"));
        assertThat(restored.json().path("people").asInt()).as(restored.toString()).isEqualTo(1);
        assertThat(caller().active()).isTrue();
        assertThat(gatewaysAccept(key)).isTrue();
        assertThat(roster.signedIn(username).get(API + "/applications").status()).isEqualTo(200);
    }

    @Test
    void theDepartmentAndTheDataOfficeAreTold() {
        roster.act("key-person", person, "leave");

        for (String reader : List.of("zhang.min", "zhao.lei")) {
            String messages = visitors.person(reader).get(API + "/messages?limit=200").text();
            boolean told = messages.contains("/personnel/" + person);
            assertThat(told).as(reader).isEqualTo(reader.equals("zhang.min"));
        }
        assertThat(roster.steward().get(API + "/messages?limit=200").text())
                .contains("/applications/" + application);
    }

    @Test
    void theLossIsTraced() {
        roster.act("key-person", person, "leave");

        Waiting.until(
                "the record of the loss",
                () ->
                        visitors.person("sun.qi")
                                .get(
                                        API
                                                + "/trace/records?action=personnel.lost&object=key-person:"
                                                + person)
                                .json()
                                .path("total")
                                .asInt(),
                total -> total == 1);
    }
}

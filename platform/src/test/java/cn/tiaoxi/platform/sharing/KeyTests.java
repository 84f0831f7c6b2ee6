package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallerCertificate;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.contract.Sm2PrivateKey;
import cn.tiaoxi.contract.Sm2PublicKey;
import cn.tiaoxi.contract.TrialAuthority;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Keys of every style: made, shown, changed, and in the policy that gateways get. */
@PlatformTest
class KeyTests {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    private static final TrialAuthority AUTHORITY =
            new TrialAuthority("authority", Instant.now().plus(Duration.ofDays(900)));

    /** RSA of 1,024 bits, for a hundred years. */
    private static final String WEAK =
            """
            -----BEGIN CERTIFICATE-----
            MIIB/DCCAWWgAwIBAgIUAhdTgu9DWr7Ug9NCiAsV+bFLRvwwDQYJKoZIhvcNAQEL
            BQAwDzENMAsGA1UEAwwEd2VhazAgFw0yNjExMjYyMjU2MDRaGA8yMTI2MTEwMjIy
            NTYwNFowDzENMAsGA1UEAwwEd2VhazCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC
            gYEAsvmEo+FR5C2JKpkOLBF4kPAi0TSeFIiMhL+9mOtHW490Ndl45UQs8l2Y6UE5
            QJrGQNEDIXY6YOaoDBL+wD/vwQdYFHQkNgjRkulHpPOljG88P0j3vglleXMXLDI5
            7UQpGZ/PykKyYmOEkV4nSyLBSrgjaxiiDTkhZjwvXBlMOe8CAwEAAaNTMFEwHQYD
            VR0OBBYEFAw9PbeeApiMpDx4mft6XYOeMOafMB8GA1UdIwQYMBaAFAw9PbeeApiM
            pDx4mft6XYOeMOafMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEA
            gyIx3cPE0B+62hBzM5CEh2TDIkxMxYO9DBKsHshwn70loKlNI3xn7+Fe2xgZdZAH
            PLbghZ+NKmu/ZsrDcDhJ3WrvLd7CjuUCEnj8a6bQaOBLtngSIqxOHMkuBXhtqRUn
            UvszK8Q7QT0zC8CoaPqdRvQhl4VBD0y3wgafklqkRbw=
            -----END CERTIFICATE-----
            """;

    private final Visitors visitors;
    private final TestDatasets datasets;
    private final Materialiser materialiser;
    private final GatewayKeys keys;
    private final Policies policies;
    private final DataFolder data;
    private String application = "";

    @Autowired
    KeyTests(
            Visitors visitors,
            TestDatasets datasets,
            Materialiser materialiser,
            GatewayKeys keys,
            Policies policies,
            DataFolder data) {
        this.visitors = visitors;
        this.datasets = datasets;
        this.materialiser = materialiser;
        this.keys = keys;
        this.policies = policies;
        this.data = data;
    }

    private Visitor asker() {
        return visitors.person("liu.yang");
    }

    @BeforeEach
    void application() {
        Answer made =
                asker().post(
                                "/api/v1/applications",
                                Map.of("name", "应用-" + UUID.randomUUID(), "description", ""));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        application = made.json().path("id").asString();
    }

    private String path() {
        return "/api/v1/applications/" + application + "/keys";
    }

    private JsonNode make(Algorithm algorithm) {
        Answer made = asker().post(path(), Map.of("algorithm", algorithm.registeredName()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private static String id(JsonNode made) {
        return made.path("key").path("id").asString();
    }

    private CallerKey inPolicy(String key) throws IOException {
        String open = Files.readString(data.folder("keys").resolve("policy.pub"));
        return SignedPolicy.open(
                        policies.current().open().readAllBytes(), Ed25519Keys.publicKey(open))
                .applications()
                .stream()
                .flatMap(a -> a.keys().stream())
                .filter(k -> k.id().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode shown(String key) {
        return asker().get("/api/v1/applications/" + application)
                .json()
                .path("keys")
                .valueStream()
                .filter(k -> k.path("id").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_province_secret_is_the_text_that_gateways_check_with() throws Exception {
        for (Algorithm algorithm : List.of(Algorithm.PROVINCE_HMAC, Algorithm.PROVINCE_TOKEN)) {
            JsonNode made = make(algorithm);
            CallerKey key = inPolicy(id(made));

            assertThat(made.path("secret").asString()).matches("[0-9a-f]{32}");
            assertThat(made.path("key").path("weak").asBoolean()).isEqualTo(algorithm.weak());
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(
                            new String(
                                    keys.sealed().open(key.id(), key.material()),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo(made.path("secret").asString());
        }
    }

    @Test
    void an_sm2_key_is_made_or_given_and_fits_what_gateways_get() throws Exception {
        JsonNode made = make(Algorithm.SM2_SM3);
        Sm2PublicKey open = Sm2PublicKey.of(inPolicy(id(made)).material());
        byte[] signature = Sm2PrivateKey.of(made.path("privateKey").asString()).sign(MESSAGE);
        assertThat(open.verifies(MESSAGE, signature)).isTrue();

        String own = Sm2PrivateKey.generate().publicKey().material();
        Map<String, String> given = Map.of("algorithm", "sm2-sm3", "publicKey", own);
        Answer taken = asker().post(path(), given);
        assertThat(inPolicy(id(taken.json())).material()).isEqualTo(own);
        assertThat(taken.json().path("privateKey").isNull()).isTrue();
        assertThat(
                        asker().post(path(), Map.of("algorithm", "sm2-sm3", "publicKey", "AAAA"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_new_key_ends_those_of_its_own_style_only() {
        String signature = id(make(Algorithm.HMAC_SM3));
        String first = id(make(Algorithm.PROVINCE_TOKEN));
        String second = id(make(Algorithm.PROVINCE_TOKEN));

        assertThat(shown(signature).path("notAfter").isNull()).isTrue();
        assertThat(shown(first).path("notAfter").isNull()).isFalse();
        assertThat(shown(first).path("state").asString()).isEqualTo("ACTIVE");
        assertThat(shown(second).path("notAfter").isNull()).isTrue();
    }

    @Test
    void addresses_are_checked_and_reach_the_policy() throws Exception {
        Answer made =
                asker().post(
                                path(),
                                Map.of(
                                        "algorithm",
                                        "hmac-sha256",
                                        "addresses",
                                        List.of("10.8.0.0/16", "2001:db8::/32")));
        String key = id(made.json());
        assertThat(inPolicy(key).addresses()).containsExactly("10.8.0.0/16", "2001:db8::/32");

        Answer changed = change(asker(), key, Map.of("addresses", List.of("10.9.0.1")));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(inPolicy(key).addresses()).containsExactly("10.9.0.1");
        assertThat(shown(key).path("addresses").get(0).asString()).isEqualTo("10.9.0.1");
        for (String wrong : List.of("10.8.0.1/16", "gateway.example", "::/200")) {
            Answer refused = change(asker(), key, Map.of("addresses", List.of(wrong)));
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.text()).contains(wrong);
        }
    }

    @Test
    void a_key_is_switched_off_and_on_by_those_who_manage_it() throws Exception {
        String key = id(make(Algorithm.PROVINCE_TOKEN));

        assertThat(switched(asker(), key, true)).isEqualTo(200);
        assertThat(inPolicy(key).switchedOff()).isNotNull();
        assertThat(shown(key).path("state").asString()).isEqualTo("SWITCHED_OFF");
        assertThat(switched(asker(), key, false)).isEqualTo(200);
        assertThat(inPolicy(key).switchedOff()).isNull();
        assertThat(shown(key).path("state").asString()).isEqualTo("ACTIVE");
        assertThat(switched(visitors.person("chen.jie"), key, true)).isEqualTo(403);
        assertThat(switched(asker(), "nobody", true)).isEqualTo(404);
    }

    private int switched(Visitor who, String key, boolean off) {
        return change(who, key, Map.of("switchedOff", off)).status();
    }

    private Answer change(Visitor who, String key, Map<String, ?> wanted) {
        return who.patch(path() + "/" + key, wanted, "1");
    }

    @Test
    void samples_are_in_the_style_of_the_key() {
        String id = "t-" + UUID.randomUUID().toString().substring(0, 8);
        Answer made =
                visitors.person("wang.wei")
                        .post(
                                "/api/v1/interfaces",
                                Map.of(
                                        "id",
                                        id,
                                        "name",
                                        "查询",
                                        "dataset",
                                        datasets.people(),
                                        "keys",
                                        List.of("id_number"),
                                        "fields",
                                        List.of("id_number", "name")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        materialiser.work();
        Map<Algorithm, String> marks =
                Map.of(
                        Algorithm.HMAC_SHA256,
                        "Signature-Input",
                        Algorithm.HMAC_SM3,
                        "ALGORITHM=hmac-sm3 bash call.sh",
                        Algorithm.SM2_SM3,
                        "ALGORITHM=sm2-sm3 bash call.sh",
                        Algorithm.PROVINCE_HMAC,
                        "X-BG-HMAC-SIGNATURE",
                        Algorithm.PROVINCE_TOKEN,
                        "/gateway/api/city/dataSharing/" + id + ".htm");
        marks.forEach(
                (algorithm, mark) -> {
                    String key = id(make(algorithm));
                    JsonNode samples =
                            asker().get(
                                            "/api/v1/interfaces/%s/samples?application=%s&key=%s"
                                                    .formatted(id, application, key))
                                    .json();
                    assertThat(samples.path("curl").asString()).contains(key).contains(mark);
                    assertThat(samples.path("java").isNull())
                            .isEqualTo(algorithm != Algorithm.HMAC_SHA256);
                });
    }

    @Test
    void a_certificate_is_read_shown_and_given_to_gateways_by_its_thumbprint() throws Exception {
        Instant end = Instant.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.SECONDS);
        var issued = AUTHORITY.issue("caller.example", List.of(), end);
        Answer made = bring(issued.certificatePem());
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String key = id(made.json());
        JsonNode certificate = shown(key).path("certificate");

        assertThat(certificate.path("subject").asString()).isEqualTo("CN=caller.example");
        assertThat(certificate.path("issuer").asString()).isEqualTo("CN=authority");
        assertThat(Instant.parse(certificate.path("notAfter").asString())).isEqualTo(end);
        CallerKey given = inPolicy(key);
        assertThat(given.material()).isEqualTo(CallerCertificate.thumbprint(issued.certificate()));
        assertThat(given.notAfter()).isEqualTo(end);

        Answer again = bring(issued.certificatePem());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.toString()).contains("另一把密钥");
        assertThat(asker().delete(path() + "/" + key).status()).isEqualTo(204);
        assertThat(bring(issued.certificatePem()).status()).isEqualTo(201);
    }

    @Test
    void a_renewed_certificate_overlaps_with_the_old_one() throws Exception {
        Instant end = Instant.now().plus(Duration.ofDays(300));
        String old = id(bring(AUTHORITY.issue("a", List.of(), end).certificatePem()).json());
        String next = id(bring(AUTHORITY.issue("a", List.of(), end).certificatePem()).json());

        assertThat(inPolicy(old).notAfter()).isBefore(Instant.now().plus(Duration.ofDays(60)));
        assertThat(inPolicy(next).notAfter()).isAfter(Instant.now().plus(Duration.ofDays(299)));
    }

    @Test
    void a_certificate_that_is_none_expired_or_weak_is_refused() {
        Instant past = Instant.now().minusSeconds(60);
        assertThat(bring("").toString()).contains("PEM");
        assertThat(bring("nonsense").toString()).contains("PEM");
        assertThat(
                        bring(
                                        AUTHORITY
                                                .issue("a", List.of(), past.minusSeconds(9), past)
                                                .certificatePem())
                                .toString())
                .contains("已过期");
        assertThat(bring(WEAK).toString()).contains("太弱");
    }

    private Answer bring(String pem) {
        return asker().post(
                        path(),
                        Map.of(
                                "algorithm",
                                Algorithm.MUTUAL_TLS.registeredName(),
                                "publicKey",
                                pem));
    }
}

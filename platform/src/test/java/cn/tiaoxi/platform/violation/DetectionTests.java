package cn.tiaoxi.platform.violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Each kind of misuse is found at its threshold and not below it, once. */
@PlatformTest
@Import({ViolationTestBase.Additions.class, TestGrants.class})
@TestPropertySource(
        properties = {
            "tiaoxi.flow.clock-interval=10m",
            "tiaoxi.usage.judge-interval=10m",
            "tiaoxi.usage.round-interval=10m",
            "tiaoxi.violation.look-interval=10m",
            "tiaoxi.violation.round-interval=10m"
        })
class DetectionTests extends ViolationTestBase {
    private final Instant ten = at("2026-12-01T10:00");

    private Map<String, String> under(TestGrants.Made made, String... more) {
        Map<String, String> detail = new HashMap<>(Map.of("grant", made.id(), "keyId", "k"));
        for (int i = 0; i < more.length; i += 2) {
            detail.put(more[i], more[i + 1]);
        }
        return detail;
    }

    private void calls(
            TestGrants.Made made, int count, String outcome, Map<String, String> detail) {
        for (int i = 0; i < count; i++) {
            log().call(made.application(), made.interfaceId(), ten.plusSeconds(i), outcome, detail);
        }
        looked();
    }

    @Test
    void aWalkIsFoundFromTheThresholdOnAndSlowsTheApplicationDown() {
        TestGrants.Made made = grant();
        log().finding(made.application(), made.interfaceId(), ten, "WALK", 32, made.id());
        looked();
        assertThat(cases(made.application())).isEmpty();

        log().finding(made.application(), made.interfaceId(), ten, "WALK", 64, made.id());
        looked();
        String id = cases(made.application()).getFirst();
        JsonNode one = seen(id);
        assertThat(one.path("state").asString()).isEqualTo("NOTICED");
        assertThat(one.path("number").asString()).matches("WG2026-\\d{6}");
        assertThat(one.path("organisation").path("code").asString())
                .isEqualTo("330500-human-resources");
        assertThat(one.path("restriction").path("perSecond").asInt()).isEqualTo(1);
        JsonNode finding = one.path("findings").get(0);
        assertThat(finding.path("amount").asInt()).isEqualTo(64);
        assertThat(finding.path("grants").get(0).asString()).isEqualTo(made.id());
        assertThat(finding.path("samples")).hasSize(2);
        assertThat(finding.path("samples").get(0).path("origin").asString())
                .isEqualTo(log().origin());
        assertThat(actions(id)).containsExactly("opened", "slowed");
    }

    @Test
    void moreInTheSameWindowIsTheSameFindingAndALaterWindowJoinsAndRaises() {
        TestGrants.Made made = grant();
        for (int amount : new int[] {2_048, 4_096}) {
            log().finding(made.application(), made.interfaceId(), ten, "SUBJECTS", amount, "");
            looked();
        }
        String id = cases(made.application()).getFirst();
        assertThat(seen(id).path("findings")).hasSize(1);
        assertThat(seen(id).path("findings").get(0).path("amount").asInt()).isEqualTo(4_096);
        assertThat(seen(id).path("severity").asString()).isEqualTo("MEDIUM");

        Instant later = ten.plusSeconds(7_200);
        log().finding(made.application(), made.interfaceId(), later, "SUBJECTS", 2_048, "");
        looked();
        assertThat(cases(made.application())).containsExactly(id);
        assertThat(seen(id).path("findings")).hasSize(2);
        assertThat(seen(id).path("severity").asString()).isEqualTo("HIGH");
        assertThat(actions(id)).contains("repeated");
    }

    @Test
    void aKeyUsedInManyNetworksIsCutOff() {
        TestGrants.Made made = grant();
        log().finding(made.application(), made.interfaceId(), ten, "NETWORKS", 8, "");
        looked();
        String id = cases(made.application()).getFirst();
        assertThat(seen(id).path("rule").path("id").asString()).isEqualTo("many-networks");
        assertThat(seen(id).path("restriction").path("perSecond").isNull()).isTrue();
        assertThat(seen(id).path("restriction").path("until").asString())
                .isEqualTo("2026-12-02T02:00:00Z");
    }

    @Test
    void callsForAnotherMatterAreFoundAndThoseForTheGrantsAreNot() {
        TestGrants.Made made = grant();
        calls(made, 30, "OK", under(made, "matter", MATTER));
        calls(
                made,
                30,
                "OK",
                under(
                        made,
                        "matter",
                        java.net.URLEncoder.encode(
                                MATTER, java.nio.charset.StandardCharsets.UTF_8)));
        calls(made, 30, "OK", under(made));
        calls(made, 9, "OK", under(made, "matter", "婚姻登记"));
        assertThat(rules(made.application())).isEmpty();
        calls(made, 1, "OK", under(made, "matter", "婚姻登记"));
        assertThat(rules(made.application())).containsExactly("other-purpose");
        String id = cases(made.application()).getFirst();
        assertThat(seen(id).path("restriction").isNull()).isTrue();
    }

    @Test
    void aCountersMatterOutsideWorkingHoursIsFound() {
        TestGrants.Made made = grant();
        calls(made, 40, "OK", under(made));
        assertThat(rules(made.application())).isEmpty();
        for (int i = 0; i < 20; i++) {
            Instant night = at("2026-12-01T23:00").plusSeconds(i);
            log().call(made.application(), made.interfaceId(), night, "OK", under(made));
        }
        looked();
        assertThat(rules(made.application())).containsExactly("outside-hours");
    }

    @Test
    void weakSignaturesAndProbingAreFoundByTheNumber() {
        TestGrants.Made made = grant();
        calls(made, 999, "OK", under(made, "weak", "md5"));
        calls(made, 99, "GRANT_MISSING", Map.of());
        assertThat(rules(made.application())).isEmpty();
        calls(made, 1, "OK", under(made, "weak", "md5"));
        calls(made, 1, "FIELD_NOT_GRANTED", Map.of());
        assertThat(rules(made.application())).containsExactly("probing", "weak-signature");
    }

    @Test
    void forgedSignaturesConcernTheApplicationWhoseKeyIsClaimed() {
        TestGrants.Made made = grant();
        String key = "key-" + UUID.randomUUID();
        database.sql(
                        """
                        INSERT INTO sharing.application_key
                               (id, application, algorithm, material, created, not_before)
                        VALUES (:id, :application::uuid, 'HMAC_SHA256', 'AAAA', now(), now())
                        """)
                .param("id", key)
                .param("application", made.application())
                .update();
        for (int i = 0; i < 50; i++) {
            log().call(
                            "",
                            made.interfaceId(),
                            ten,
                            "SIGNATURE_INVALID",
                            Map.of("claimedKeyId", key));
            log().call(
                            "",
                            made.interfaceId(),
                            ten,
                            "SIGNATURE_INVALID",
                            Map.of("claimedKeyId", "no"));
        }
        looked();
        assertThat(rules(made.application())).containsExactly("forged");
    }

    @Test
    void whatAnUpstreamDoesConcernsTheOwnerOfTheInterface() {
        TestGrants.Made made = grant();
        calls(made, 10, "OK", under(made, "overReturned", "3"));
        calls(made, 3, "UPSTREAM_ADDRESS_NOT_ALLOWED", under(made));
        assertThat(rules(made.application())).isEmpty();
        assertThat(rules(made.interfaceId()))
                .containsExactly("over-return", "unregistered-upstream");
        String id = cases(made.interfaceId()).getFirst();
        assertThat(seen(id).path("organisation").path("code").asString())
                .isEqualTo("330500-police");
    }

    @Test
    void callsWithoutAResponsiblePersonOrAnOwnerAreFound() {
        TestGrants.Made made = grant();
        calls(made, 10, "APPLICATION_DISABLED", under(made));
        assertThat(rules(made.application())).isEmpty();
        database.sql(
                        """
                        INSERT INTO sharing.suspension (id, application, loss, subject,
                               subject_title, reason_zh, reason_en, since)
                        VALUES (gen_random_uuid(), :application::uuid, gen_random_uuid(),
                                gen_random_uuid(), '某人', '已离岗', 'left', now())
                        """)
                .param("application", made.application())
                .update();
        calls(made, 10, "APPLICATION_DISABLED", under(made));
        assertThat(rules(made.application())).containsExactly("expired-owner");

        TestGrants.Made other = grant();
        calls(other, 1, "OK", under(other, "owner", "330500-police"));
        assertThat(rules(other.interfaceId())).isEmpty();
        calls(other, 1, "OK", under(other, "owner", "330500-abolished"));
        assertThat(rules(other.interfaceId())).containsExactly("orphan");
    }

    @Test
    void daysThatOnlyLiftARateAreFound() {
        TestGrants.Made made = grant();
        for (int day = 1; day <= 3; day++) {
            if (day == 3) {
                detector.round();
                assertThat(rules(made.application())).isEmpty();
            }
            database.sql(
                            """
                            INSERT INTO usage.day (sharing_grant, day, stale, verdict)
                            VALUES (:grant::uuid, :day, false, 'IMPLAUSIBLE')
                            """)
                    .param("grant", made.id())
                    .param("day", LocalDate.of(2026, 11, 26).plusDays(day))
                    .update();
        }
        detector.round();
        detector.round();
        assertThat(rules(made.application())).containsExactly("lifting-rate");
    }

    /** What breaks off between counting and noting how far is done again, and only once. */
    @Test
    void eachCallCountsOnceThoughTheCountBreaksOff() {
        TestGrants.Made made = grant();
        calls(made, 60, "GRANT_MISSING", Map.of());
        for (int i = 0; i < 60; i++) {
            log().call(made.application(), made.interfaceId(), ten, "GRANT_MISSING", Map.of());
        }
        log().takenOver();
        database.sql(
                        """
                        CREATE OR REPLACE FUNCTION violation.break_off() RETURNS trigger
                        LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$;
                        CREATE TRIGGER break_off BEFORE UPDATE ON violation.seen
                           FOR EACH ROW EXECUTE FUNCTION violation.break_off();
                        """)
                .update();
        try {
            assertThatThrownBy(() -> detector.look()).hasMessageContaining("broken off");
            assertThat(rules(made.application())).isEmpty();
        } finally {
            database.sql("DROP TRIGGER break_off ON violation.seen").update();
        }
        looked();
        detector.look();
        String id = cases(made.application()).getFirst();
        assertThat(seen(id).path("findings").get(0).path("amount").asInt()).isEqualTo(120);
        assertThat(cases(made.application())).hasSize(1);
    }

    @Test
    void trialsAndUnknownProgramsMakeNoCase() {
        TestGrants.Made made = grant();
        database.sql(
                        "UPDATE sharing.application SET trial = true, organisation = 'trial-' || id WHERE id = :id::uuid")
                .param("id", made.application())
                .update();
        log().finding(made.application(), made.interfaceId(), ten, "WALK", 64, "");
        log().finding(UUID.randomUUID().toString(), made.interfaceId(), ten, "WALK", 64, "");
        looked();
        assertThat(cases(made.application())).isEmpty();
    }
}

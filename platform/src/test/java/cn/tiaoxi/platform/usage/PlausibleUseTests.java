package cn.tiaoxi.platform.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What counts as use, and that scripts which fake calls lift no rate. */
@PlatformTest
@Import({UseTestBase.Additions.class, TestGrants.class})
@TestPropertySource(
        properties = {
            "tiaoxi.flow.clock-interval=10m",
            "tiaoxi.usage.judge-interval=10m",
            "tiaoxi.usage.round-interval=10m"
        })
class PlausibleUseTests extends UseTestBase {
    private static final String COUNTER = "社会保险费征缴";
    private static final String AUTOMATIC = "稳岗返还";
    private static final String DAY = "2026-11-30";

    @Autowired private UseRates rates;

    private static List<String> rules(JsonNode reasons) {
        return reasons.valueStream().map(r -> r.path("rule").asString()).toList();
    }

    /** Makes calls under a grant of its own; what the platform says of it then. */
    private JsonNode called(String matter, Consumer<String> calls) {
        String grant = grant(matter).id();
        calls.accept(grant);
        judged();
        return use(grant);
    }

    private JsonNode called(Consumer<String> calls) {
        return called(ONLINE, calls);
    }

    private void expectDoubtful(JsonNode use, String rule) {
        assertThat(use.path("standing").path("effective").asBoolean()).as(use.toString()).isFalse();
        assertThat(rules(use.path("standing").path("reasons"))).contains(rule);
        assertThat(use.path("days").valueStream())
                .last()
                .satisfies(d -> assertThat(d.path("verdict").asString()).isEqualTo("IMPLAUSIBLE"));
    }

    @Test
    void honestUseCounts() {
        JsonNode use = called(g -> honest(g, DAY, 40));

        JsonNode standing = use.path("standing");
        assertThat(standing.path("effective").asBoolean()).as(use.toString()).isTrue();
        assertThat(standing.path("plausibleDays").asInt()).isEqualTo(1);
        assertThat(standing.path("answered").asInt()).isEqualTo(40);
        assertThat(standing.path("subjects").asInt()).isEqualTo(40);
        assertThat(standing.path("reasons")).isEmpty();
        JsonNode day = use.path("days").get(0);
        assertThat(day.path("withMatter").asInt()).isEqualTo(40);
        assertThat(day.path("inHours").asInt()).isEqualTo(40);
        assertThat(day.path("matters").get(0).asString()).isEqualTo(ONLINE);
        assertThat(day.path("hours").valueStream().mapToInt(JsonNode::asInt).sum()).isEqualTo(40);
    }

    @Test
    void aMatterThatIsPercentEncodedIsShownPlain() {
        String sent = URLEncoder.encode(ONLINE, StandardCharsets.UTF_8);
        JsonNode use =
                called(
                        g -> {
                            gateway().call(g, at(DAY, "10:00"), "a", sent, 1);
                            gateway().call(g, at(DAY, "10:07"), "b", sent, 1);
                        });
        assertThat(use.path("days").get(0).path("matters").get(0).asString()).isEqualTo(ONLINE);
    }

    @Test
    void oneSubjectCalledAgainAndAgainIsNoUse() {
        JsonNode use =
                called(
                        g -> {
                            for (int i = 0; i < 30; i++) {
                                Instant time = at(DAY, "09:00").plusSeconds(i * 61L * (i % 5 + 1));
                                gateway().call(g, time, "the-one", ONLINE, 1);
                            }
                        });
        expectDoubtful(use, "one-subject");
        assertThat(use.path("days").get(0).path("reasons").get(0).path("plan").asString())
                .isEqualTo("R1.2b");
    }

    @Test
    void aFewSubjectsCalledAHundredTimesAreNoUse() {
        JsonNode use =
                called(
                        g -> {
                            for (int i = 0; i < 200; i++) {
                                Instant time = at(DAY, "09:00").plusSeconds(i * 31L + i % 7 * 9L);
                                gateway().call(g, time, "s" + i % 4, ONLINE, 1);
                            }
                        });
        expectDoubtful(use, "same-again");
    }

    @Test
    void callsByTheClockForWhatPeopleHandleAreNoUse() {
        Consumer<String> clock =
                g -> {
                    for (int i = 0; i < 60; i++) {
                        gateway()
                                .call(
                                        g,
                                        at(DAY, "09:00").plusSeconds(i * 120L),
                                        "s" + i,
                                        ONLINE,
                                        1);
                    }
                };
        expectDoubtful(called(clock), "by-the-clock");
        assertThat(called(AUTOMATIC, clock).path("standing").path("effective").asBoolean())
                .isTrue();
    }

    @Test
    void aCountersMatterAtNightIsNoUse() {
        Consumer<String> night =
                g -> {
                    for (int i = 0; i < 8; i++) {
                        Instant time = at(DAY, "02:00").plusSeconds(i * 400L + i * i * 37L);
                        gateway().call(g, time, "s" + i, COUNTER, 1);
                    }
                };
        expectDoubtful(called(COUNTER, night), "outside-hours");
        assertThat(called(night).path("standing").path("effective").asBoolean()).isTrue();
    }

    @Test
    void answersThatAreAlwaysEmptyAreNoUse() {
        expectDoubtful(
                called(
                        g -> {
                            for (int i = 0; i < 6; i++) {
                                gateway()
                                        .call(
                                                g,
                                                at(DAY, "10:00").plusSeconds(i * i * 70L),
                                                "s" + i,
                                                ONLINE,
                                                0);
                            }
                        }),
                "nothing-found");
    }

    @Test
    void callsThatNameNoMatterAreNoUse() {
        expectDoubtful(
                called(
                        g -> {
                            for (int i = 0; i < 6; i++) {
                                gateway()
                                        .call(
                                                g,
                                                at(DAY, "10:00").plusSeconds(i * i * 70L),
                                                "s" + i,
                                                "",
                                                1);
                            }
                        }),
                "no-matter");
    }

    @Test
    void theSameListEveryDayIsNoUse() {
        JsonNode use =
                called(
                        g -> {
                            for (int d = 0; d < 6; d++) {
                                for (int i = 0; i < 12; i++) {
                                    Instant time =
                                            at("2026-11-24", "09:30")
                                                    .plusSeconds(d * 86_400L + i * i * 91L);
                                    gateway().call(g, time, "s" + i, ONLINE, 1);
                                }
                            }
                        });
        JsonNode last = use.path("days").get(5);
        assertThat(rules(last.path("reasons"))).containsExactly("same-as-before");
        // The first three days were not known for a list yet.
        assertThat(use.path("standing").path("plausibleDays").asInt()).isEqualTo(3);
    }

    @Test
    void oneCallOrOneSubjectInAMonthDoesNotCount() {
        JsonNode use =
                called(
                        g -> {
                            gateway().call(g, at("2026-11-24", "10:00"), "a", ONLINE, 1);
                            gateway().call(g, at("2026-11-27", "15:00"), "a", ONLINE, 1);
                        });
        assertThat(use.path("standing").path("effective").asBoolean()).isFalse();
        assertThat(rules(use.path("standing").path("reasons"))).containsExactly("few-subjects");
    }

    @Test
    void refusedCallsAreCountedAndAreNoUse() {
        JsonNode use = called(g -> gateway().refusal(g, at(DAY, "10:00")));
        assertThat(use.path("days").get(0).path("verdict").asString()).isEqualTo("NONE");
        assertThat(use.path("days").get(0).path("refused").asInt()).isEqualTo(1);
        assertThat(rules(use.path("standing").path("reasons"))).containsExactly("only-refused");
    }

    @Test
    void useOutsideOfTheWindowCountsNoMore() {
        String grant = grant(ONLINE).id();
        honest(grant, DAY, 10);
        judged();
        assertThat(use(grant).path("standing").path("effective").asBoolean()).isTrue();

        now("2026-12-30T10:00");
        standings.refresh();
        JsonNode standing = use(grant).path("standing");
        assertThat(standing.path("effective").asBoolean()).isFalse();
        assertThat(standing.path("lastPlausible").asString()).isEqualTo(DAY);
        assertThat(rules(standing.path("reasons"))).containsExactly("no-calls");
    }

    @Test
    void theRateCountsTheHonestAndNotTheScript() {
        TestGrants.Made used = grant(ONLINE);
        TestGrants.Made faked = grant(ONLINE);
        honest(used.id(), DAY, 15);
        for (int i = 0; i < 500; i++) {
            gateway().call(faked.id(), at(DAY, "01:00").plusSeconds(i * 10L), "s", "", 1);
        }
        judged();
        rates.keep();

        JsonNode all = person("mayor").get(API + "/use/rates?by=INTERFACE").json().path("rates");
        assertThat(rate(all, used.interfaceId()).path("rate").asDouble()).isEqualTo(1);
        assertThat(rate(all, faked.interfaceId()).path("rate").asDouble()).isZero();
        assertThat(rate(all, faked.interfaceId()).path("doubtful").asInt()).isEqualTo(1);
        JsonNode trend =
                person("mayor")
                        .get(API + "/use/rates?by=INTERFACE&code=" + used.interfaceId())
                        .json()
                        .path("trend");
        assertThat(trend.get(0).path("day").asString()).isEqualTo("2026-12-01");
        assertThat(trend.get(0).path("rate").asDouble()).isEqualTo(1);
        JsonNode why =
                person("zhang.min")
                        .get(API + "/use/grants?verdict=DOUBTFUL&interface=" + faked.interfaceId())
                        .json();
        assertThat(rules(why.path("items").get(0).path("reasons")))
                .contains("one-subject", "by-the-clock", "no-matter");
        JsonNode indicator = person("mayor").get(API + "/indicators/effective-sharing-rate").json();
        assertThat(indicator.toString()).contains("plausible-use");
    }

    private static JsonNode rate(JsonNode all, String code) {
        return all.valueStream()
                .filter(r -> r.path("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void trialCallsNeverCount() {
        TestGrants.Made made = grant(ONLINE);
        database.sql("UPDATE sharing.sharing_grant SET trial = true WHERE id = :id::uuid")
                .param("id", made.id())
                .update();
        honest(made.id(), DAY, 10);
        judged();
        assertThat(tallied(made.id())).isZero();
    }

    private long tallied(String grant) {
        return database.sql(
                        "SELECT coalesce(sum(answered), 0) FROM usage.tally"
                                + " WHERE sharing_grant = :id::uuid")
                .param("id", grant)
                .query(Long.class)
                .single();
    }

    @Test
    void eachCallCountsOnceThoughCountingBreaksOff() {
        String grant = grant(ONLINE).id();
        judged();
        database.sql(
                        """
                        CREATE OR REPLACE FUNCTION usage.break_off() RETURNS trigger
                        LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$
                        """)
                .update();
        // The calls are counted, and only then it is noted how far.
        database.sql(
                        "CREATE TRIGGER break_off BEFORE UPDATE ON usage.counted"
                                + " FOR EACH ROW EXECUTE FUNCTION usage.break_off()")
                .update();
        try {
            honest(grant, DAY, 25);
            gateway().takenOver();
            assertThatThrownBy(() -> counter.count()).hasMessageContaining("broken off");
            assertThat(tallied(grant)).isZero();
        } finally {
            database.sql("DROP TRIGGER break_off ON usage.counted").update();
        }
        counter.count();
        counter.count();
        assertThat(tallied(grant)).isEqualTo(25);

        judge.work();
        JsonNode before = use(grant).path("days");
        assertThat(person("zhao.lei").post(API + "/use/recount").status()).isEqualTo(204);
        judge.work();
        assertThat(tallied(grant)).isEqualTo(25);
        assertThat(use(grant).path("days")).isEqualTo(before);
    }

    @Test
    void aMillionCallsAreCountedQuicklyAndExactly() {
        String grant = grant(ONLINE).id();
        judged();
        String origin = gateway().origin();
        int calls = Integer.getInteger("usage.calls", 50_000);
        database.sql(
                        """
                        INSERT INTO evidence.call
                        SELECT gen_random_uuid(), :origin, 10000000 + n,
                               :day::timestamptz + n % 80000 * interval '1 second', '', '', '', '',
                               '', :grant, '', 'm', '{}', 1, 100, 'OK', 200, 1, '192.0.2.1', 'k',
                               '', md5((n % 200000)::text)
                          FROM generate_series(1, :calls) AS n
                        """)
                .param("origin", origin)
                .param("day", LocalDate.parse(DAY).atStartOfDay(ZONE).toOffsetDateTime())
                .param("grant", grant)
                .param("calls", calls)
                .update();
        try {
            long began = System.nanoTime();
            counter.count();
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf("%,d calls counted, %,.0f a second%n", calls, calls / seconds);
            assertThat(tallied(grant)).isEqualTo(calls);
            judge.work();
            assertThat(use(grant).path("days").get(0).path("subjects").asDouble())
                    .isCloseTo(
                            Math.min(calls, 200_000),
                            org.assertj.core.data.Percentage.withPercentage(15));
        } finally {
            database.sql("DELETE FROM evidence.call WHERE log_index >= 10000000").update();
            counter.recount();
        }
    }
}

package cn.tiaoxi.platform.usage;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Clocks;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** From an idle grant to its end, on all ways. Each test makes its own grant at its own time. */
@PlatformTest
@Import({UseTestBase.Additions.class, TestGrants.class})
@TestPropertySource(
        properties = {
            "tiaoxi.flow.clock-interval=10m",
            "tiaoxi.usage.judge-interval=10m",
            "tiaoxi.usage.round-interval=10m"
        })
class ReclaimTests extends UseTestBase {
    private static final String WHY = "每年三月开展待遇资格集中认证时用于核验身份，其他月份不调用";

    @Autowired private ReclaimRound round;
    @Autowired private Clocks clocks;
    @Autowired private WorkingCalendar calendar;

    /** A grant that was idle for ninety days and more; its open case. */
    private String asked() {
        return asked(grant(ONLINE).id());
    }

    private String asked(String grant) {
        now("2027-03-15T10:00");
        round.go();
        return open(grant);
    }

    private String open(String grant) {
        return database.sql(
                        "SELECT id::text FROM usage.reclaim WHERE sharing_grant = :grant::uuid"
                                + " ORDER BY opened DESC LIMIT 1")
                .param("grant", grant)
                .query(String.class)
                .single();
    }

    private static String path(String id) {
        return API + "/reclaims/" + id;
    }

    private JsonNode seen(String id) {
        return person("zhao.lei").get(path(id)).json();
    }

    private String state(String id) {
        return seen(id).path("state").asString();
    }

    private String grantState(String id) {
        String grant = seen(id).path("grant").asString();
        return person("zhao.lei").get(API + "/grants/" + grant).json().path("state").asString();
    }

    private Visitor.Answer need(String id, String reason) {
        return person("liu.yang").post(path(id) + "/need", Map.of("reason", reason));
    }

    private Visitor.Answer decide(String who, String id, String outcome) {
        return person(who)
                .post(path(id) + "/decision", Map.of("outcome", outcome, "reason", "经与使用单位核对后决定"));
    }

    private List<String> titlesTo(String person, String id) {
        return database.sql(
                        "SELECT title_zh FROM workbench.message"
                                + " WHERE username = :person AND link = :link ORDER BY id")
                .param("person", person)
                .param("link", "/reclaims/" + id)
                .query(String.class)
                .list();
    }

    private Instant due(String id) {
        return Instant.parse(seen(id).path("due").asString());
    }

    private void passDeadline(String id) {
        now(due(id).plus(Duration.ofMinutes(1)));
        clocks.goOff();
    }

    private List<String> actions(String id) {
        return seen(id).path("timeline")
                .valueStream()
                .map(e -> e.path("action").asString())
                .toList();
    }

    @Test
    void anIdleGrantOpensACaseOnceAndBothSidesKnow() {
        String id = asked();
        round.go();

        JsonNode one = seen(id);
        assertThat(one.path("state").asString()).isEqualTo("ASKED");
        assertThat(one.path("grade").asString()).isEqualTo("L3");
        assertThat(one.path("idleDays").asInt()).isEqualTo(104);
        assertThat(due(id)).isEqualTo(calendar.deadline(NOW.get(), 5));
        assertThat(titlesTo("liu.yang", id)).singleElement().asString().contains("请答复");
        assertThat(titlesTo("zhang.min", id)).singleElement().asString().contains("授权闲置");
        assertThat(titlesTo("chen.jie", id)).isEmpty();
        assertThat(person("liu.yang").get(API + "/tasks?limit=200").text())
                .contains("/reclaims/" + id);
        assertThat(cases(one.path("grant").asString())).isEqualTo(1);
    }

    @Test
    void aGrantIsLeftAloneUntilTheDaysOfItsGradeAreOver() {
        String grant = grant(ONLINE).id();
        now("2027-02-26T10:00");
        round.go();
        assertThat(use(grant).path("cases")).isEmpty();
        assertThat(use(grant).path("idleLimit").asInt()).isEqualTo(90);
        assertThat(use(grant).path("idleSince").asString()).isEqualTo("2026-12-01");
    }

    @Test
    void aReasonOfSubstanceIsDecidedOnByTheOwnerWhoKeepsTheGrant() {
        String id = asked();
        assertThat(need(id, "仍需使用，工作需要，仍需使用").status()).isEqualTo(400);
        assertThat(need(id, "短").status()).isEqualTo(400);
        assertThat(need(id, WHY).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("CLAIMED");
        assertThat(titlesTo("zhang.min", id)).anyMatch(t -> t.contains("请决定"));
        assertThat(decide("liu.yang", id, "KEEP").status()).isEqualTo(403);
        assertThat(
                        person("zhang.min")
                                .post(path(id) + "/decision", Map.of("outcome", "KEEP"))
                                .status())
                .isEqualTo(400);

        assertThat(decide("zhang.min", id, "KEEP").status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("KEPT");
        assertThat(grantState(id)).isEqualTo("ACTIVE");
        assertThat(seen(id).path("keptUntil").asString()).isEqualTo("2027-06-13");
        assertThat(decide("zhang.min", id, "RECLAIM").code()).isEqualTo("RECLAIM_STATE");
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("予以保留"));

        now("2027-06-10T10:00");
        round.go();
        assertThat(open(seen(id).path("grant").asString())).isEqualTo(id);
        now("2027-09-13T10:00");
        round.go();
        assertThat(open(seen(id).path("grant").asString())).isNotEqualTo(id);
    }

    @Test
    void theOwnerTakesItBackAndRestoresItWithinTheDays() {
        String id = asked();
        need(id, WHY);
        assertThat(decide("zhang.min", id, "RECLAIM").status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("RECLAIMED");
        assertThat(grantState(id)).isEqualTo("REVOKED");
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("已收回"));

        now("2027-04-13T10:00");
        Map<String, String> why = Map.of("reason", "误收，四月仍有集中认证任务");
        assertThat(person("liu.yang").post(path(id) + "/restore", why).status()).isEqualTo(403);
        assertThat(person("zhang.min").post(path(id) + "/restore", why).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("RESTORED");
        assertThat(grantState(id)).isEqualTo("ACTIVE");
        assertThat(actions(id)).containsExactly("opened", "claimed", "reclaimed", "restored");
        assertThat(person("zhang.min").post(path(id) + "/restore", why).code())
                .isEqualTo("RECLAIM_STATE");
        assertThat(
                        database.sql(
                                        "SELECT action FROM evidence.change WHERE object = :o ORDER BY id")
                                .param("o", "reclaim:" + id)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "reclaim.opened",
                        "reclaim.claimed",
                        "reclaim.reclaimed",
                        "reclaim.restored");
    }

    @Test
    void afterTheDaysItIsNotRestored() {
        String id = asked();
        Map<String, String> why = Map.of("reason", "该事项已并入省级系统，不再需要");
        assertThat(person("liu.yang").post(path(id) + "/give-back", why).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("GIVEN_BACK");
        assertThat(grantState(id)).isEqualTo("REVOKED");
        assertThat(titlesTo("zhang.min", id)).anyMatch(t -> t.contains("已交回"));

        now("2027-04-15T10:00");
        assertThat(person("zhang.min").post(path(id) + "/restore", why).code())
                .isEqualTo("RECLAIM_RESTORE_OVER");
        assertThat(grantState(id)).isEqualTo("REVOKED");
    }

    @Test
    void whoDoesNotAnswerIsRemindedThenCalledForTheLastTimeThenTheGrantIsTakenBack() {
        String id = asked();
        Instant due = due(id);
        now(calendar.deadline(Instant.parse("2027-03-15T02:00:00Z"), 3));
        clocks.goOff();
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("期限临近"));
        assertThat(state(id)).isEqualTo("ASKED");

        now(due.plusSeconds(60));
        clocks.goOff();
        assertThat(state(id)).isEqualTo("LAST_CALL");
        assertThat(due(id)).isEqualTo(calendar.deadline(NOW.get(), 3));
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("最后答复期"));
        assertThat(titlesTo("zhang.min", id)).anyMatch(t -> t.contains("逾期未答复"));
        assertThat(titlesTo("zhao.lei", id)).anyMatch(t -> t.contains("逾期未答复"));
        assertThat(grantState(id)).isEqualTo("ACTIVE");

        passDeadline(id);
        assertThat(state(id)).isEqualTo("RECLAIMED");
        assertThat(grantState(id)).isEqualTo("REVOKED");
        assertThat(seen(id).path("reason").asString()).contains("按规则自动收回");
        assertThat(seen(id).path("due").isNull()).isTrue();
        assertThat(actions(id)).containsExactly("opened", "warned", "reclaimed");
        assertThat(person("liu.yang").get(API + "/tasks?limit=200").text())
                .doesNotContain("/reclaims/" + id);
        assertThat(seen(id).path("process").path("nodes").valueStream())
                .noneMatch(n -> n.path("state").asString().equals("CURRENT"));
    }

    @Test
    void anAnswerToTheLastCallStillCounts() {
        String id = asked();
        passDeadline(id);
        assertThat(need(id, WHY).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("CLAIMED");
        passDeadline(id);
        assertThat(state(id)).isEqualTo("CLAIMED");
        assertThat(titlesTo("zhao.lei", id)).anyMatch(t -> t.contains("逾期未决定"));
        assertThat(decide("zhao.lei", id, "KEEP").status()).isEqualTo(200);
    }

    @Test
    void useThatResumesEndsTheCaseByItself() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        honest(grant, "2027-03-16", 10);
        now("2027-03-17T09:00");
        judged();
        round.go();
        assertThat(state(id)).isEqualTo("USED_AGAIN");
        assertThat(grantState(id)).isEqualTo("ACTIVE");
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("恢复使用"));
        assertThat(use(grant).path("idleSince").asString()).isEqualTo("2027-03-17");
    }

    @Test
    void aGrantThatIsUsedAgainIsNotTakenBackThoughNobodyLookedInBetween() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        passDeadline(id);
        Instant end = due(id);
        honest(grant, LocalDate.ofInstant(end, ZONE).toString(), 10);
        now(end.plusSeconds(60));
        judged();
        clocks.goOff();
        assertThat(state(id)).isEqualTo("USED_AGAIN");
        assertThat(grantState(id)).isEqualTo("ACTIVE");
    }

    @Test
    void callsThatDoNotLookLikeUseLeaveItToTheOwner() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        for (int i = 0; i < 20; i++) {
            gateway().call(grant, at("2027-03-17", "10:00").plusSeconds(i * 60L), "one", "", 1);
        }
        now("2027-03-18T09:00");
        judged();
        round.go();
        assertThat(state(id)).isEqualTo("ASKED");
        passDeadline(id);
        passDeadline(id);
        assertThat(state(id)).isEqualTo("DOUBTFUL");
        assertThat(grantState(id)).isEqualTo("ACTIVE");
        assertThat(titlesTo("zhang.min", id)).anyMatch(t -> t.contains("是否收回"));
        assertThat(decide("zhang.min", id, "RECLAIM").status()).isEqualTo(200);
        assertThat(grantState(id)).isEqualTo("REVOKED");
    }

    @Test
    void theDataOfficeExemptsAGrantForEmergencies() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        String exemption = API + "/use/grants/" + grant + "/exemption";
        Map<String, String> until = Map.of("until", "2027-09-30", "reason", "防汛应急备用");
        assertThat(person("zhang.min").post(exemption, until).status()).isEqualTo(403);
        assertThat(
                        person("zhao.lei")
                                .post(exemption, Map.of("until", "2027-03-01", "reason", "过去"))
                                .status())
                .isEqualTo(400);
        assertThat(person("zhao.lei").post(exemption, until).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("EXEMPTED");

        now("2027-07-01T10:00");
        round.go();
        assertThat(open(grant)).isEqualTo(id);
        assertThat(use(grant).path("exemption").path("reason").asString()).isEqualTo("防汛应急备用");
        assertThat(person("zhao.lei").post(exemption + "/end").status()).isEqualTo(200);
        assertThat(person("zhao.lei").post(exemption + "/end").code())
                .isEqualTo("EXEMPTION_NOT_FOUND");
        round.go();
        assertThat(open(grant)).isNotEqualTo(id);
    }

    @Test
    void aGrantRevokedOtherwiseEndsItsCase() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        Visitor.Answer revoked =
                person("zhang.min")
                        .post(API + "/grants/" + grant + "/revoke", Map.of("reason", "接口停用"));
        assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("ENDED");
    }

    @Test
    void anotherDepartmentSeesAndDoesNothing() {
        String grant = grant(ONLINE).id();
        String id = asked(grant);
        Visitor stranger = person("chen.jie");
        assertThat(stranger.get(path(id)).code()).isEqualTo("RECLAIM_NOT_FOUND");
        assertThat(stranger.get(API + "/use/grants/" + grant).status()).isEqualTo(404);
        assertThat(stranger.get(API + "/reclaims?limit=200").text()).doesNotContain(id);
        assertThat(stranger.get(API + "/use/grants?limit=200").text()).doesNotContain(grant);
        assertThat(stranger.get(API + "/use/grants?format=csv").text()).doesNotContain("人员查询");
        Map<String, String> why = Map.of("reason", WHY);
        for (String act : List.of("/need", "/give-back", "/restore")) {
            assertThat(stranger.post(path(id) + act, why).status()).as(act).isEqualTo(404);
        }
        assertThat(decide("chen.jie", id, "KEEP").status()).isEqualTo(404);
        assertThat(person("wang.wei").post(path(id) + "/need", why).status()).isEqualTo(403);
        assertThat(person("zhang.min").get(API + "/reclaims?box=given&limit=200").text())
                .contains(id);
        assertThat(person("zhang.min").get(API + "/reclaims?box=received&limit=200").text())
                .doesNotContain(id);
        assertThat(person("liu.yang").get(API + "/use/grants?format=csv").text()).contains("人员查询");
        assertThat(state(id)).isEqualTo("ASKED");
    }

    @Test
    void bothSidesAreToldOfAGrantThatIsAboutToEnd() {
        TestGrants.Made made = grants.make(this::person, LocalDate.parse("2026-12-20"), ONLINE);
        round.go();
        round.go();
        assertThat(told("liu.yang", made)).hasSize(1);
        now("2026-12-15T10:00");
        round.go();
        assertThat(told("liu.yang", made)).hasSize(2);
        assertThat(told("liu.yang", made).getFirst())
                .startsWith("/requests/new?interface=" + made.interfaceId());
        assertThat(told("zhang.min", made)).containsOnly("/grants/" + made.id());
    }

    private List<String> told(String person, TestGrants.Made made) {
        return database.sql(
                        "SELECT link FROM workbench.message"
                                + " WHERE username = :person AND about LIKE :about ORDER BY id")
                .param("person", person)
                .param("about", "usage.ending%:" + made.id() + ":%")
                .query(String.class)
                .list();
    }

    @Test
    void nobodyIsBlamedWhileAGatewaysLogCannotBeRead() throws IOException {
        String grant = grant(ONLINE).id();
        now("2027-03-15T10:00");
        TestGateway away = new TestGateway(logs);
        away.close();
        try {
            Waiting.until("a log that cannot be reached", round::isBlind, blind -> blind);
            round.findIdle();
            assertThat(cases(grant)).isZero();
        } finally {
            database.sql("DELETE FROM evidence.log WHERE origin = :o")
                    .param("o", away.origin())
                    .update();
        }
        round.findIdle();
        assertThat(cases(grant)).isEqualTo(1);
    }

    private long cases(String grant) {
        return database.sql("SELECT count(*) FROM usage.reclaim WHERE sharing_grant = :g::uuid")
                .param("g", grant)
                .query(Long.class)
                .single();
    }
}

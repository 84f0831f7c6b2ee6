package cn.tiaoxi.platform.violation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** From a finding to the end of its case, on all ways. */
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
class ViolationFlowTests extends ViolationTestBase {
    private static final String WHY = "夜间批处理误用了调用接口，已停用并改为批量交换";

    @Autowired private WorkingCalendar calendar;

    private TestGrants.Made made;

    private String found() {
        made = grant();
        walk(NOW.get());
        return cases(made.application()).getFirst();
    }

    private void walk(Instant time) {
        log().finding(made.application(), made.interfaceId(), time, "WALK", 64, made.id());
        looked();
    }

    private Answer answer(String who, String id, boolean falseAlarm) {
        return person(who)
                .post(path(id) + "/answer", Map.of("answer", WHY, "falseAlarm", falseAlarm));
    }

    private Answer judge(String id, Map<String, Object> verdict) {
        return person("zhao.lei").post(path(id) + "/judgement", verdict);
    }

    private Answer rectified(String id) {
        return person("liu.yang")
                .post(path(id) + "/rectification", Map.of("text", WHY, "proof", "人社函〔2026〕12号"));
    }

    private boolean restricted(String id) {
        return !seen(id).path("restriction").isNull();
    }

    private List<String> titlesTo(String person, String id) {
        return database.sql(
                        "SELECT title_zh FROM workbench.message"
                                + " WHERE username = :person AND link = :link ORDER BY id")
                .param("person", person)
                .param("link", "/violations/" + id)
                .query(String.class)
                .list();
    }

    @Test
    void bothSidesKnowAndTheClockRuns() {
        String id = found();
        assertThat(due(id)).isEqualTo(calendar.deadline(NOW.get(), 3));
        assertThat(titlesTo("liu.yang", id)).singleElement().asString().contains("请答复");
        assertThat(titlesTo("zhao.lei", id)).singleElement().asString().contains("发现接口违规");
        assertThat(person("liu.yang").get(API + "/tasks?limit=200").text())
                .contains("/violations/" + id);
        assertThat(person("liu.yang").get(path(id)).status()).isEqualTo(200);
        assertThat(person("zhang.min").get(path(id)).status()).isEqualTo(404);
    }

    @Test
    void rectifiedInTimeAndNotFoundAgainRestores() {
        String id = found();
        assertThat(answer("zhang.min", id, false).status()).isEqualTo(404);
        assertThat(answer("liu.yang", id, false).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("JUDGING");
        assertThat(answer("liu.yang", id, false).code()).isEqualTo("VIOLATION_STATE");
        assertThat(
                        person("liu.yang")
                                .post(
                                        path(id) + "/judgement",
                                        Map.of("outcome", "DISMISS", "reason", WHY))
                                .status())
                .isEqualTo(403);
        assertThat(
                        judge(id, Map.of("outcome", "RECTIFY", "reason", WHY, "workingDays", 99))
                                .status())
                .isEqualTo(400);
        assertThat(
                        judge(id, Map.of("outcome", "RECTIFY", "reason", WHY, "workingDays", 5))
                                .status())
                .isEqualTo(200);
        assertThat(state(id)).isEqualTo("RECTIFYING");
        assertThat(due(id)).isEqualTo(calendar.deadline(NOW.get(), 5));
        assertThat(seen(id).path("rectifyDue").asString()).isEqualTo(due(id).toString());
        assertThat(restricted(id)).isTrue();

        assertThat(rectified(id).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("RECHECKING");
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("责令整改"));

        passDeadline(id);
        assertThat(state(id)).isEqualTo("RECTIFIED");
        assertThat(restricted(id)).isFalse();
        assertThat(actions(id))
                .containsExactly("opened", "slowed", "answered", "rectify", "rectified", "clean");
        assertThat(
                        database.sql(
                                        "SELECT action FROM evidence.change WHERE object = :o ORDER BY id")
                                .param("o", "violation:" + id)
                                .query(String.class)
                                .list())
                .contains("violation.opened", "violation.rectified", "violation.clean");
        assertThat(seen(id).path("process").path("nodes").valueStream())
                .noneMatch(n -> n.path("state").asString().equals("CURRENT"));
    }

    @Test
    void whatIsFoundAgainWhileItIsWatchedGoesBackToTheOffice() {
        String id = found();
        answer("liu.yang", id, false);
        judge(id, Map.of("outcome", "RECTIFY", "reason", WHY));
        rectified(id);
        Instant later = NOW.get().plus(Duration.ofHours(3));
        now(later);
        walk(later);
        assertThat(cases(made.application())).containsExactly(id);
        assertThat(person("zhao.lei").post(path(id) + "/recheck").status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("JUDGING");
        assertThat(titlesTo("zhao.lei", id)).anyMatch(t -> t.contains("整改后再次发现"));
        assertThat(judge(id, Map.of("outcome", "REVOKE", "reason", WHY)).status()).isEqualTo(200);
        assertThat(state(id)).isEqualTo("REVOKED");
        assertThat(
                        person("zhao.lei")
                                .get(API + "/grants/" + made.id())
                                .json()
                                .path("state")
                                .asString())
                .isEqualTo("REVOKED");
        assertThat(restricted(id)).isFalse();
    }

    @Test
    void aFalseAlarmExemptsTheApplicationUntilADay() {
        String id = found();
        answer("liu.yang", id, true);
        assertThat(seen(id).path("answerFalse").asBoolean()).isTrue();
        assertThat(judge(id, Map.of("outcome", "DISMISS", "reason", WHY)).status()).isEqualTo(400);
        assertThat(
                        judge(
                                        id,
                                        Map.of(
                                                "outcome",
                                                "DISMISS",
                                                "reason",
                                                WHY,
                                                "until",
                                                "2026-12-31"))
                                .status())
                .isEqualTo(200);
        assertThat(state(id)).isEqualTo("DISMISSED");
        assertThat(restricted(id)).isFalse();

        now("2026-12-20T10:00");
        walk(NOW.get());
        assertThat(cases(made.application())).containsExactly(id);
        now("2027-01-04T10:00");
        walk(NOW.get());
        assertThat(cases(made.application())).hasSize(2);
    }

    @Test
    void anExemptionCanBeEnded() {
        String id = found();
        answer("liu.yang", id, true);
        judge(id, Map.of("outcome", "DISMISS", "reason", WHY, "until", "2026-12-31"));
        String exemption =
                person("zhao.lei")
                        .get(API + "/violation-rules")
                        .json()
                        .path("exemptions")
                        .valueStream()
                        .filter(e -> e.path("violation").asString().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        String end = API + "/violation-rules/exemptions/" + exemption + "/end";
        assertThat(person("liu.yang").post(end).status()).isEqualTo(403);
        assertThat(person("zhao.lei").post(end).status()).isEqualTo(204);
        assertThat(person("zhao.lei").post(end).code()).isEqualTo("VIOLATION_EXEMPTION_NOT_FOUND");
        walk(NOW.get().plus(Duration.ofHours(3)));
        assertThat(cases(made.application())).hasSize(2);
    }

    @Test
    void whoDoesNotAnswerIsRemindedAndJudgedWithout() {
        String id = found();
        now(calendar.deadline(at("2026-12-01T10:00"), 2));
        clocks.goOff();
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("期限临近"));
        passDeadline(id);
        assertThat(state(id)).isEqualTo("JUDGING");
        assertThat(titlesTo("liu.yang", id)).anyMatch(t -> t.contains("逾期未答复"));
        passDeadline(id);
        assertThat(state(id)).isEqualTo("JUDGING");
        judge(id, Map.of("outcome", "RECTIFY", "reason", WHY));
        passDeadline(id);
        assertThat(state(id)).isEqualTo("JUDGING");
        assertThat(actions(id)).contains("unanswered", "rectify", "overdue");
    }

    @Test
    void theOfficeLiftsWhatIsImposedAndTheCaseGoesOn() {
        String id = found();
        Map<String, String> why = Map.of("reason", "影响窗口办件，先行恢复");
        assertThat(person("liu.yang").post(path(id) + "/release", why).status()).isEqualTo(403);
        assertThat(person("zhao.lei").post(path(id) + "/release", why).status()).isEqualTo(200);
        assertThat(restricted(id)).isFalse();
        assertThat(state(id)).isEqualTo("NOTICED");
        assertThat(person("zhao.lei").post(path(id) + "/release", why).code())
                .isEqualTo("VIOLATION_NOT_RESTRICTED");
    }

    @Test
    void whatIsImposedEndsByTime() {
        String id = found();
        assertThat(restricted(id)).isTrue();
        now(NOW.get().plus(Duration.ofDays(3)));
        assertThat(restricted(id)).isFalse();
    }

    @Test
    void theListFiltersBySubjectGrantAndWords() {
        String id = found();
        String list = API + "/violations?";
        for (String filter :
                List.of(
                        "application=" + made.application(),
                        "interface=" + made.interfaceId(),
                        "grant=" + made.id(),
                        "q=" + made.interfaceId() + "&state=OPEN&rule=walking&severity=HIGH",
                        "application=" + made.application() + "&sort=-severity")) {
            assertThat(person("liu.yang").get(list + filter).json().path("items"))
                    .as(filter)
                    .hasSize(1);
        }
        assertThat(person("zhang.min").get(list + "application=" + made.application()).text())
                .doesNotContain(id);
        assertThat(person("zhao.lei").get(list + "state=SETTLED&grant=" + made.id()).text())
                .doesNotContain(id);
    }
}

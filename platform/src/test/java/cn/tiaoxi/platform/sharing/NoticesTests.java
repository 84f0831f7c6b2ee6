package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.flow.Clocks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who is told what about requests and grants. */
@PlatformTest
class NoticesTests {
    private static final String API = "/api/v1";
    private static final String REASON = "经核对，用途与职责相符";
    private static final Set<String> EVERYBODY =
            Set.of(
                    "li.na",
                    "wang.wei",
                    "zhang.min",
                    "qian.feng",
                    "chen.jie",
                    "liu.yang",
                    "zhao.lei",
                    "sun.qi",
                    "mayor",
                    "admin");

    @Autowired private Visitors visitors;
    @Autowired private TestDatasets datasets;
    @Autowired private Materialiser materialiser;
    @Autowired private Clocks clocks;
    @Autowired private JdbcClient database;

    private static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Answer post(String person, String path, Object body) {
        Answer answer = visitors.person(person).post(API + path, body);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private String lookup(String dataset, String key, String... fields) {
        String id = unique("n");
        post(
                "wang.wei",
                "/interfaces",
                Map.of(
                        "id",
                        id,
                        "name",
                        "查询 " + key,
                        "dataset",
                        dataset,
                        "keys",
                        List.of(key),
                        "fields",
                        List.of(fields)));
        materialiser.work();
        return id;
    }

    private JsonNode ask(String lookup, String field) {
        Map<String, Object> application = Map.of("name", unique("应用"), "description", "测试");
        Map<String, Object> body = new HashMap<>();
        body.put("interface", lookup);
        body.put(
                "application",
                post("liu.yang", "/applications", application).json().path("id").asString());
        body.put("fields", List.of(field));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", "社保补贴申领");
        body.put("validUntil", LocalDate.now().plusDays(100).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);
        return post("liu.yang", "/requests", body).json();
    }

    private JsonNode askForPeople() {
        JsonNode request =
                ask(lookup(datasets.people(), "id_number", "id_number", "name"), "id_number");
        assertThat(request.path("state").asString()).isEqualTo("IN_REVIEW");
        return request;
    }

    private JsonNode decide(String request, String outcome) {
        return post(
                        "zhang.min",
                        "/requests/" + request + "/decision",
                        Map.of("outcome", outcome, "reason", REASON))
                .json();
    }

    private List<JsonNode> messages(String person, String link, String language) {
        Visitor visitor = visitors.person(person);
        return visitor.get(API + "/messages?limit=200", Map.of("Accept-Language", language))
                .json()
                .path("items")
                .valueStream()
                .filter(m -> m.path("link").asString().equals(link))
                .toList();
    }

    /** Newest first. */
    private List<String> titles(String person, String link) {
        return messages(person, link, "zh-CN").stream()
                .map(m -> m.path("title").asString())
                .toList();
    }

    private Set<String> told(String link) {
        Set<String> told = new TreeSet<>();
        for (String person : EVERYBODY) {
            if (!messages(person, link, "zh-CN").isEmpty()) {
                told.add(person);
            }
        }
        return told;
    }

    private static String page(JsonNode request) {
        return "/requests/" + request.path("id").asString();
    }

    @Test
    void theOwnersApproversAreToldOfARequestThatWaitsForThem() {
        JsonNode request = askForPeople();
        assertThat(told(page(request))).containsExactly("qian.feng", "zhang.min");

        JsonNode chinese = messages("zhang.min", page(request), "zh-CN").getFirst();
        assertThat(chinese.path("title").asString())
                .contains("待您审批", request.path("number").asString());
        assertThat(chinese.path("text").asString())
                .contains("市人力社保局", "核验社保补贴申请人的户籍信息", LocalDate.now().getYear() + "-");
        JsonNode english = messages("zhang.min", page(request), "en").getFirst();
        assertThat(english.path("title").asString())
                .contains("waits for your decision", request.path("number").asString());
        assertThat(english.path("text").asString())
                .contains("Human Resources and Social Security Bureau");
    }

    @Test
    void theApplicantIsToldOfTheDecisionWithItsReason() {
        JsonNode approved = askForPeople();
        decide(approved.path("id").asString(), "APPROVE");
        JsonNode refused = askForPeople();
        decide(refused.path("id").asString(), "REFUSE");

        assertThat(told(page(approved))).containsExactly("liu.yang", "qian.feng", "zhang.min");
        assertThat(titles("zhang.min", page(approved))).hasSize(1);
        assertThat(titles("liu.yang", page(approved))).singleElement().asString().contains("已通过");
        JsonNode message = messages("liu.yang", page(refused), "zh-CN").getFirst();
        assertThat(message.path("title").asString()).contains("未通过");
        assertThat(message.path("text").asString()).contains(REASON);
        assertThat(messages("liu.yang", page(refused), "en").getFirst().path("title").asString())
                .contains("was refused");
    }

    @Test
    void theApplicantIsToldOfEachReturnAndTheApproversOfEachNewSubmission() {
        JsonNode request = askForPeople();
        String id = request.path("id").asString();
        Map<String, Object> body = new HashMap<>();
        body.put("interface", request.path("interface").path("id").asString());
        body.put("application", request.path("application").path("id").asString());
        body.put("fields", List.of("id_number"));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", "社保补贴申领");
        body.put("validUntil", LocalDate.now().plusDays(50).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);

        decide(id, "RETURN");
        post("liu.yang", "/requests/" + id + "/resubmit", body);
        decide(id, "RETURN");

        assertThat(titles("liu.yang", page(request)))
                .hasSize(2)
                .allSatisfy(t -> assertThat(t).contains("请补正"));
        assertThat(messages("liu.yang", page(request), "zh-CN").getFirst().path("text").asString())
                .contains(REASON);
        assertThat(titles("qian.feng", page(request))).hasSize(2);
    }

    @Test
    void theApplicantIsToldWhatTheRulesDecidedInBothLanguages() {
        JsonNode request = ask(lookup(datasets.streets(), "code", "name"), "name");
        assertThat(request.path("state").asString()).isEqualTo("APPROVED");
        assertThat(told(page(request))).containsExactly("liu.yang");
        assertThat(messages("liu.yang", page(request), "zh-CN").getFirst().path("text").asString())
                .contains("无条件共享");
        assertThat(messages("liu.yang", page(request), "en").getFirst().path("text").asString())
                .contains("unconditional");
    }

    @Test
    void whoAskedIsToldOfARevocation() {
        JsonNode request = askForPeople();
        String grant = decide(request.path("id").asString(), "APPROVE").path("grant").asString();
        post("zhang.min", "/grants/" + grant + "/revoke", Map.of("reason", "用途已变更"));

        assertThat(told("/grants/" + grant)).containsExactly("liu.yang");
        JsonNode message = messages("liu.yang", "/grants/" + grant, "zh-CN").getFirst();
        assertThat(message.path("title").asString()).contains("已撤销");
        assertThat(message.path("text").asString())
                .contains("用途已变更", request.path("number").asString(), "市公安局");
    }

    @Test
    void approversAreRemindedAndTheDataOfficeComesInAfterTheDeadline() {
        JsonNode request = askForPeople();
        String id = request.path("id").asString();

        due(id, "REMINDER");
        assertThat(titles("qian.feng", page(request)))
                .hasSize(2)
                .first()
                .asString()
                .contains("将到期");
        assertThat(told(page(request))).containsExactly("qian.feng", "zhang.min");

        database.sql("UPDATE flow.task SET due = now() - interval '1 second' WHERE subject = :it")
                .param("it", "request:" + id)
                .update();
        due(id, "ESCALATION");
        assertThat(told(page(request))).containsExactly("qian.feng", "zhang.min", "zhao.lei");
        for (String person : List.of("zhang.min", "zhao.lei")) {
            assertThat(titles(person, page(request)).getFirst()).contains("已逾期");
            assertThat(messages(person, page(request), "en").getFirst().path("title").asString())
                    .contains("overdue");
        }
    }

    /** Lets the clocks of a kind go off that a request has. */
    private void due(String request, String kind) {
        database.sql(
                        """
                        UPDATE flow.clock SET not_before = now() - interval '1 second'
                         WHERE kind = :kind AND fired IS NULL
                           AND task IN (SELECT id FROM flow.task WHERE subject = :subject)
                        """)
                .param("kind", kind)
                .param("subject", "request:" + request)
                .update();
        clocks.goOff();
    }
}

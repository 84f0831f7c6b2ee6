package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class PrecedentsTests {
    private static final String API = "/api/v1";

    @Autowired private Visitors visitors;
    @Autowired private TestDatasets datasets;
    @Autowired private Materialiser materialiser;

    private String publish(String dataset, String key, String field) {
        String id = "p-" + UUID.randomUUID().toString().substring(0, 8);
        Answer made =
                visitors.person("wang.wei")
                        .post(
                                API + "/interfaces",
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
                                        List.of(key, field)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        materialiser.work();
        return id;
    }

    private String people() {
        return publish(datasets.people(), "id_number", "name");
    }

    private static String application(Visitor who) {
        Answer made =
                who.post(
                        API + "/applications",
                        Map.of(
                                "name",
                                "应用" + UUID.randomUUID().toString().substring(0, 8),
                                "description",
                                "测试"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private JsonNode ask(Visitor who, String lookup, String application, String purpose) {
        Map<String, Object> body = new HashMap<>();
        body.put("interface", lookup);
        body.put("application", application);
        body.put("fields", List.of("id_number", "name"));
        body.put("purpose", purpose);
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("validUntil", LocalDate.now().plusDays(100).toString());
        body.put("perSecond", 5);
        body.put("perDay", 1000);
        Answer made = who.post(API + "/requests", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private static JsonNode similar(Visitor who, String lookup, String purpose, String mended) {
        Answer answer =
                who.post(
                        API + "/requests/similar",
                        Map.of(
                                "interface", lookup,
                                "fields", List.of("id_number", "name"),
                                "purpose", purpose,
                                "request", mended));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> ids(JsonNode items) {
        return items.valueStream().map(i -> i.path("id").asString()).toList();
    }

    @Test
    void a_reworded_request_is_told_the_earlier_one_with_score_and_reasons() {
        Visitor asker = visitors.person("liu.yang");
        String lookup = people();
        String id = ask(asker, lookup, application(asker), "核验渔船船员免费体检报名资格").path("id").asString();

        JsonNode first = similar(asker, lookup, "渔船船员免费体检报名时核验资格", "").path("requests").path(0);

        assertThat(first.path("id").asString()).isEqualTo(id);
        assertThat(first.path("alarm").asBoolean()).isTrue();
        assertThat(first.path("score").asDouble()).isBetween(0.5, 1.0);
        assertThat(first.path("link").asString()).isEqualTo("/requests/" + id);
        JsonNode reasons = first.path("reasons");
        assertThat(reasons.path(0).path("fieldName").asString()).isEqualTo("用途");
        assertThat(reasons.path(0).path("words").toString()).contains("渔船船员免费体检报名");
        assertThat(reasons.toString()).contains("户籍人员就诊登记", "身份证号", "市人力社保局");
        assertThat(ids(similar(asker, lookup, "渔船船员免费体检报名时核验资格", id).path("requests")))
                .as("the request itself, while it is mended")
                .doesNotContain(id);
        assertThat(similar(asker, lookup, " ", "").path("requests")).isEmpty();
    }

    @Test
    void requests_of_others_are_not_given() {
        String lookup = people();
        Visitor steward = visitors.person("zhao.lei");
        String id =
                ask(steward, lookup, application(steward), "灯塔守护人慰问金发放名单比对").path("id").asString();

        Visitor asker = visitors.person("liu.yang");
        String wording = "灯塔守护人慰问金名单比对";
        assertThat(ids(similar(asker, lookup, wording, "").path("requests"))).doesNotContain(id);
        assertThat(ids(similar(steward, lookup, wording, "").path("requests"))).contains(id);

        Visitor owner = visitors.person("zhang.min");
        owner.post(
                API + "/requests/" + id + "/decision",
                Map.of("outcome", "APPROVE", "reason", "经核对，用途与职责相符"));
        JsonNode mine = ask(asker, lookup, application(asker), wording);
        String path = API + "/requests/" + mine.path("id").asString();
        assertThat(ids(asker.get(path).json().path("similar"))).doesNotContain(id);
        assertThat(ids(owner.get(path).json().path("similar"))).contains(id);
    }

    @Test
    void what_was_withdrawn_is_no_precedent_any_more() {
        Visitor asker = visitors.person("liu.yang");
        String lookup = people();
        String id = ask(asker, lookup, application(asker), "采茶机驾驶员季节性补助核算").path("id").asString();
        assertThat(ids(similar(asker, lookup, "采茶机驾驶员季节性补助核算", "").path("requests"))).contains(id);

        Answer withdrawn =
                asker.post(
                        API + "/requests/" + id + "/withdraw", Map.of("reason", "业务取消，不再需要这些数据"));
        assertThat(withdrawn.status()).as(withdrawn.toString()).isEqualTo(200);

        assertThat(ids(similar(asker, lookup, "采茶机驾驶员季节性补助核算", "").path("requests")))
                .doesNotContain(id);
    }

    @Test
    void other_datasets_like_the_one_asked_for_are_named() {
        String asked = datasets.newStreets();
        String other = datasets.newStreets();
        String lookup = publish(asked, "code", "area");

        JsonNode found =
                Waiting.until(
                        "the other dataset in the index",
                        () -> similar(visitors.person("liu.yang"), lookup, "", "").path("datasets"),
                        items -> ids(items).contains(other) || items.size() == 5);

        assertThat(ids(found)).doesNotContain(asked).isNotEmpty();
        JsonNode first = found.path(0);
        assertThat(first.path("title").asString()).isEqualTo("全市街道名录");
        assertThat(first.path("alarm").asBoolean()).isTrue();
        assertThat(first.path("link").asString()).startsWith("/datasets/");
        assertThat(first.path("reasons").toString()).contains("TITLE", "街道名录");
    }

    @Test
    void who_may_not_ask_is_not_told() {
        Answer refused =
                visitors.person("zhang.min")
                        .post(API + "/requests/similar", Map.of("interface", people()));
        assertThat(refused.status()).isEqualTo(403);
        Answer unknown =
                visitors.person("liu.yang")
                        .post(API + "/requests/similar", Map.of("interface", "no-such"));
        assertThat(unknown.status()).isEqualTo(404);
        Answer foreign =
                visitors.person("liu.yang")
                        .post(
                                API + "/requests/similar",
                                Map.of(
                                        "interface", people(),
                                        "application", application(visitors.person("zhao.lei")),
                                        "purpose", "任何用途"));
        assertThat(foreign.status()).isEqualTo(403);
    }
}

package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.boot.test.context.TestComponent;

/** Grants on data of the police for programs of human resources, asked for as people ask. */
@TestComponent
public class TestGrants {
    private static final String API = "/api/v1";

    private final TestDatasets datasets;
    private final Materialiser materialiser;

    TestGrants(TestDatasets datasets, Materialiser materialiser) {
        this.datasets = datasets;
        this.materialiser = materialiser;
    }

    /**
     * A grant.
     *
     * @param interfaceId its interface, which has no other
     */
    public record Made(String id, String interfaceId, String application) {}

    /** Leave to look people up by a sensitive identifier, on an interface of its own. */
    public Made make(Function<String, Visitor> people, LocalDate validUntil, String matter) {
        String lookup = "t-" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> served =
                Map.of(
                        "id",
                        lookup,
                        "name",
                        "人员查询 " + lookup,
                        "dataset",
                        datasets.people(),
                        "keys",
                        List.of("id_number"),
                        "fields",
                        List.of("id_number", "name"));
        made(people.apply("wang.wei").post(API + "/interfaces", served));
        materialiser.work();
        String application =
                made(
                        people.apply("liu.yang")
                                .post(
                                        API + "/applications",
                                        Map.of("name", "应用 " + lookup, "description", "测试")));
        Map<String, Object> body = new HashMap<>();
        body.put("interface", lookup);
        body.put("application", application);
        body.put("fields", List.of("id_number", "name"));
        body.put("purpose", "核验社保补贴申请人的户籍信息");
        body.put("legalBasis", "《社会保险法》第七十四条");
        body.put("matter", matter);
        body.put("validUntil", validUntil.toString());
        body.put("perSecond", 5);
        body.put("perDay", 100_000);
        String request = made(people.apply("liu.yang").post(API + "/requests", body));
        Answer decided =
                people.apply("zhang.min")
                        .post(
                                API + "/requests/" + request + "/decision",
                                Map.of("outcome", "APPROVE", "reason", "经核对，用途与职责相符"));
        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
        return new Made(decided.json().path("grant").asString(), lookup, application);
    }

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }
}

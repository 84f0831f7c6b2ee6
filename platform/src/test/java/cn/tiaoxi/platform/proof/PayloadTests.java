package cn.tiaoxi.platform.proof;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@PlatformTest
class PayloadTests {
    private static final String API = "/api/v1/trace/records/";
    private static final String TEXT = "张三的手机号是 13857212345";

    private final Visitors visitors;
    private final Evidence evidence;
    private final TransactionTemplate transaction;
    private final JdbcClient database;

    @Autowired
    PayloadTests(
            Visitors visitors,
            Evidence evidence,
            TransactionTemplate transaction,
            JdbcClient database) {
        this.visitors = visitors;
        this.evidence = evidence;
        this.transaction = transaction;
        this.database = database;
    }

    private Visitor officer() {
        return visitors.person("sun.qi");
    }

    /** Makes a record and waits until it is proved. */
    private String recorded(Map<String, String> detail) {
        String object = "test:" + UUID.randomUUID();
        transaction.executeWithoutResult(
                status -> evidence.changed(Who.SYSTEM, "test.done", object, detail));
        String id =
                database.sql("SELECT record::text FROM published.change WHERE object = :object")
                        .param("object", object)
                        .query(String.class)
                        .single();
        Waiting.until("the proof", () -> proof(id), one -> one.path("verified").asBoolean());
        return id;
    }

    private JsonNode proof(String id) {
        return officer().get(API + id).json();
    }

    @Test
    void free_texts_stand_beside_the_log_which_holds_their_salted_hash() throws Exception {
        String id = recorded(Map.of("reason", TEXT, "grant", "g1"));

        JsonNode record = proof(id);
        assertThat(record.path("leaf").asString())
                .contains("\"grant\":\"g1\"")
                .doesNotContain(TEXT);
        assertThat(record.path("detail").path("reason").asString()).isEqualTo(TEXT);
        JsonNode payload = officer().get(API + id + "/payload").json().path("payload");
        assertThat(payload.path("fits").asBoolean()).isTrue();
        assertThat(payload.path("content").asString()).isEqualTo("{\"reason\":\"" + TEXT + "\"}");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(Base64.getUrlDecoder().decode(payload.path("salt").asString()));
        String hash =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                sha256.digest(
                                        payload.path("content")
                                                .asString()
                                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(record.path("leaf").asString()).contains("\"payload\":\"" + hash + "\"");
    }

    @Test
    void what_is_erased_is_gone_and_the_proof_still_holds() {
        String id = recorded(Map.of("reason", TEXT));
        assertThat(officer().post(API + id + "/erasure", Map.of("reason", " ")).status())
                .isEqualTo(400);
        assertThat(
                        visitors.person("zhao.lei")
                                .post(API + id + "/erasure", Map.of("reason", "x"))
                                .status())
                .isEqualTo(403);

        Answer erased = officer().post(API + id + "/erasure", Map.of("reason", "当事人依法请求删除"));

        assertThat(erased.status()).as(erased.toString()).isEqualTo(200);
        assertThat(erased.json().path("payload").path("content").isNull()).isTrue();
        assertThat(erased.json().path("payload").path("erasedBy").asString()).isEqualTo("sun.qi");
        JsonNode record = proof(id);
        assertThat(record.path("verified").asBoolean()).isTrue();
        assertThat(record.toString()).doesNotContain(TEXT);
        assertThat(
                        database.sql(
                                        "SELECT count(*) FROM published.change"
                                                + " WHERE action = 'record.erased' AND object = :o")
                                .param("o", "record:" + id)
                                .query(Long.class)
                                .single())
                .isOne();
        assertThat(officer().post(API + id + "/erasure", Map.of("reason", "again")).status())
                .isEqualTo(200);
    }

    @Test
    void a_text_that_was_changed_afterwards_does_not_fit() {
        String id = recorded(Map.of("comment", "so it was"));
        database.sql(
                        "UPDATE evidence.payload SET content = replace(content, 'so', 'no')"
                                + " WHERE record::text = :id")
                .param("id", id)
                .update();

        assertThat(
                        officer()
                                .get(API + id + "/payload")
                                .json()
                                .path("payload")
                                .path("fits")
                                .asBoolean())
                .isFalse();
    }

    @Test
    void a_change_without_free_texts_has_none() {
        String id = recorded(Map.of("grant", "g1"));

        assertThat(officer().get(API + id + "/payload").json().path("payload").isNull()).isTrue();
        assertThat(proof(id).path("leaf").asString()).doesNotContain("payload");
    }
}

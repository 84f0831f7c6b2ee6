package cn.tiaoxi.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class SignInTests {
    @Autowired private Visitors visitors;

    private void add(String username, String... roles) {
        assertThat(
                        visitors.person("admin")
                                .post(
                                        "/api/v1/people",
                                        Map.of(
                                                "username",
                                                username,
                                                "name",
                                                "测试员",
                                                "organisation",
                                                "330500-data",
                                                "roles",
                                                List.of(roles),
                                                "password",
                                                "correct horse"))
                                .status())
                .isEqualTo(201);
    }

    private Visitor.Answer signIn(Visitor visitor, String username, String password) {
        visitor.get("/api/v1/session");
        return visitor.post("/api/v1/session", Map.of("username", username, "password", password));
    }

    @Test
    void rolesOfDemonstrationAccountsAreJoinedAsTheLanguageDoes() {
        for (var each : Map.of("zh-CN", "审批人、经办人", "en", "Approver, Clerk").entrySet()) {
            assertThat(
                            visitors.anonymous()
                                    .get(
                                            "/api/v1/session",
                                            Map.of("Accept-Language", each.getKey()))
                                    .json()
                                    .path("demoAccounts")
                                    .findValuesAsString("role"))
                    .contains(each.getValue());
        }
    }

    @Test
    void aStrangerLearnsTheCityAndNothingElse() {
        Visitor.Answer answer = visitors.anonymous().get("/api/v1/session");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(answer.json().path("city").path("name").asString()).isEqualTo("湖州市");
        assertThat(visitors.anonymous().get("/api/v1/people").status()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookTheSame() {
        Visitor.Answer wrong = signIn(visitors.anonymous(), "mayor", "wrong password");
        Visitor.Answer unknown = signIn(visitors.anonymous(), "nobody-here", "wrong password");
        assertThat(wrong.status()).isEqualTo(unknown.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
    }

    @Test
    void fiveWrongPasswordsLockTheAccountEvenForTheRightOne() {
        add("lock.me", "clerk");
        for (int i = 0; i < 4; i++) {
            assertThat(signIn(visitors.anonymous(), "lock.me", "wrong").code())
                    .isEqualTo("CREDENTIALS_WRONG");
        }
        assertThat(signIn(visitors.anonymous(), "lock.me", "wrong").status()).isEqualTo(423);
        assertThat(signIn(visitors.anonymous(), "lock.me", "correct horse").code())
                .isEqualTo("ACCOUNT_LOCKED");

        Visitor admin = visitors.person("admin");
        String id =
                admin.get("/api/v1/people?q=lock.me")
                        .json()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString();
        assertThat(admin.post("/api/v1/people/" + id + "/unlock").status()).isEqualTo(200);
        assertThat(signIn(visitors.anonymous(), "lock.me", "correct horse").status())
                .isEqualTo(200);
    }

    @Test
    void aChangeWithoutTheAntiForgeryTokenIsRefused() {
        Visitor visitor = visitors.anonymous();
        Visitor.Answer answer =
                visitor.post(
                        "/api/v1/session", Map.of("username", "mayor", "password", "tiaoxi-2026"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("CSRF_TOKEN_MISSING");
    }

    @Test
    void switchingAnAccountOffEndsItsSessionWithTheNextRequest() {
        add("goes.away", "clerk");
        Visitor leaving = visitors.signIn("goes.away", "correct horse");
        assertThat(leaving.get("/api/v1/session").status()).isEqualTo(200);

        Visitor admin = visitors.person("admin");
        String id =
                admin.get("/api/v1/people?q=goes.away")
                        .json()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString();
        String version = admin.get("/api/v1/people/" + id).version();
        assertThat(admin.patch("/api/v1/people/" + id, Map.of("active", false), version).status())
                .isEqualTo(200);
        assertThat(leaving.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void aChangeBasedOnAnOldVersionIsRefused() {
        add("two.editors", "clerk");
        Visitor admin = visitors.person("admin");
        String id =
                admin.get("/api/v1/people?q=two.editors")
                        .json()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString();
        String version = admin.get("/api/v1/people/" + id).version();
        assertThat(admin.patch("/api/v1/people/" + id, Map.of("name", "甲"), version).status())
                .isEqualTo(200);
        Visitor.Answer late = admin.patch("/api/v1/people/" + id, Map.of("name", "乙"), version);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("VERSION_CONFLICT");
    }

    @Test
    void nobodyTakesTheirOwnRolesAway() {
        Visitor admin = visitors.person("admin");
        String id = admin.get("/api/v1/session").json().path("person").path("id").asString();
        String version = admin.get("/api/v1/people/" + id).version();
        assertThat(admin.patch("/api/v1/people/" + id, Map.of("active", false), version).code())
                .isEqualTo("OWN_ACCOUNT");
    }

    @Test
    void weakPasswordsBadNamesAndUnknownRolesAreRefusedWithTheirReasons() {
        Visitor admin = visitors.person("admin");
        Map<String, Object> person =
                Map.of(
                        "username", "new.person",
                        "name", "新人",
                        "organisation", "330500-data",
                        "roles", List.of("clerk"),
                        "password", "correct horse");
        assertThat(with(admin, person, "password", "short").code()).isEqualTo("PASSWORD_WEAK");
        assertThat(with(admin, person, "username", "Robert'); DROP TABLE").code())
                .isEqualTo("USERNAME_INVALID");
        assertThat(with(admin, person, "roles", List.of("king")).code()).isEqualTo("ROLE_UNKNOWN");
        assertThat(with(admin, person, "organisation", "nowhere").code())
                .isEqualTo("ORGANISATION_UNKNOWN");
        assertThat(with(admin, person, "name", "").code()).isEqualTo("REQUEST_INVALID");
    }

    private Visitor.Answer with(
            Visitor admin, Map<String, Object> person, String field, Object value) {
        Map<String, Object> changed = new java.util.HashMap<>(person);
        changed.put(field, value);
        return admin.post("/api/v1/people", changed);
    }
}

package cn.tiaoxi.platform.proof;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class TraceTests {
    @Autowired private Visitors visitors;

    private JsonNode firstRecordAbout(String object) {
        Visitor security = visitors.person("sun.qi");
        return security.get("/api/v1/trace/records?object=" + object).json().path("items").get(0);
    }

    private void addPerson(String username) {
        visitors.person("admin")
                .post(
                        "/api/v1/people",
                        Map.of(
                                "username",
                                username,
                                "name",
                                "<script>alert(1)</script>",
                                "organisation",
                                "330500-data",
                                "roles",
                                List.of("clerk")));
    }

    @Test
    void aChangeStandsInTheLogWithAProofThatHolds() {
        addPerson("traced.one");
        JsonNode record = firstRecordAbout("person:traced.one");
        assertThat(record.path("action").asString()).isEqualTo("person.added");
        assertThat(record.path("actor").asString()).isEqualTo("admin");

        Visitor security = visitors.person("sun.qi");
        String path = "/api/v1/trace/records/" + record.path("id").asString();
        JsonNode proved = security.get(path).json();
        for (int tries = 0; !proved.path("verified").asBoolean() && tries < 200; tries++) {
            proved = security.get(path).json();
        }
        assertThat(proved.path("verified").asBoolean()).isTrue();
        assertThat(proved.path("leaf").asString()).contains(record.path("id").asString());
    }

    @Test
    void theTraceIsNotForThoseWithoutThePermission() {
        assertThat(visitors.person("liu.yang").get("/api/v1/trace/records").status())
                .isEqualTo(403);
        assertThat(visitors.person("mayor").get("/api/v1/calls").status()).isEqualTo(403);
    }

    @Test
    void anApproverSeesTheOwnOrganisationAlone() {
        visitors.signIn("zhang.min", "tiaoxi-2026");
        JsonNode items =
                visitors.person("zhang.min")
                        .get("/api/v1/trace/records?limit=200")
                        .json()
                        .path("items");
        assertThat(items.size()).isPositive();
        for (JsonNode item : items) {
            assertThat(item.path("organisation").path("code").asString())
                    .isEqualTo("330500-police");
        }
    }

    @Test
    void anUnknownRecordIsNotFound() {
        assertThat(visitors.person("sun.qi").get("/api/v1/trace/records/none").code())
                .isEqualTo("RECORD_NOT_FOUND");
    }

    @Test
    void listsGoOnWhereTheyStoppedAndRefuseWhatIsNoCursor() {
        for (int i = 0; i < 3; i++) {
            addPerson("paged.person" + i);
        }
        Visitor security = visitors.person("sun.qi");
        JsonNode first = security.get("/api/v1/trace/records?limit=2").json();
        String next = first.path("next").asString();
        JsonNode second = security.get("/api/v1/trace/records?limit=2&after=" + next).json();
        assertThat(second.path("items").get(0).path("id"))
                .isNotEqualTo(first.path("items").get(1).path("id"));
        assertThat(security.get("/api/v1/trace/records?after=%3Cscript%3E").code())
                .isEqualTo("CURSOR_INVALID");
        assertThat(security.get("/api/v1/trace/records?limit=0").code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(security.get("/api/v1/trace/records?sort=leaf;drop").code())
                .isEqualTo("SORT_UNKNOWN");
    }
}

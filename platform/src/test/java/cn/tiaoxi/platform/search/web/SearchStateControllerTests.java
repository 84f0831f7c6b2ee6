package cn.tiaoxi.platform.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class SearchStateControllerTests {
    private static final String STATE = "/api/v1/search/state";

    @Autowired private Visitors visitors;

    private static JsonNode kind(JsonNode state, String kind) {
        for (JsonNode each : state.path("kinds")) {
            if (each.path("kind").asString().equals(kind)) {
                return each;
            }
        }
        throw new AssertionError("no " + kind + " in " + state);
    }

    private static JsonNode idle(Visitor visitor) {
        return Waiting.until(
                "the end of the work",
                () -> visitor.get(STATE).json(),
                s -> !s.path("busy").asBoolean());
    }

    @Test
    void stewardsAndAdministratorsSeeHowTheSearchStands() {
        for (String person : new String[] {"zhao.lei", "admin"}) {
            JsonNode people = kind(idle(visitors.person(person)), "person");
            assertThat(people.path("name").asString()).isEqualTo("人员");
            assertThat(people.path("indexed").asLong())
                    .isPositive()
                    .isEqualTo(people.path("source").asLong());
            assertThat(people.path("bytes").asLong()).isPositive();
            assertThat(people.path("committed").asString()).isNotBlank();
        }
        assertThat(visitors.person("li.na").get(STATE).status()).isEqualTo(403);
    }

    @Test
    void aCheckKeepsWhatItFound() {
        Visitor steward = visitors.person("zhao.lei");
        assertThat(steward.post("/api/v1/search/check").status()).isEqualTo(202);
        JsonNode bodies = kind(idle(steward), "organisation");
        assertThat(bodies.path("checked").asString()).isNotBlank();
        assertThat(bodies.path("drift").path("compared").asLong())
                .isEqualTo(bodies.path("source").asLong());
    }

    @Test
    void oneKindIsBuiltAnewAndAnUnknownOneIsRefused() {
        Visitor admin = visitors.person("admin");
        assertThat(admin.post("/api/v1/search/rebuild?kind=organisation").status()).isEqualTo(202);
        JsonNode bodies = kind(idle(admin), "organisation");
        assertThat(bodies.path("indexed").asLong()).isEqualTo(bodies.path("source").asLong());
        assertThat(admin.post("/api/v1/search/rebuild?kind=nothing").code())
                .isEqualTo("SEARCH_KIND_UNKNOWN");
        assertThat(visitors.person("li.na").post("/api/v1/search/rebuild").status()).isEqualTo(403);
    }
}

package cn.tiaoxi.platform.personnel;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class ForesightTests {
    private static final String PERSONNEL = "/api/v1/personnel/";

    @Autowired private Visitors visitors;
    @Autowired private People people;

    private Roster roster;

    @BeforeEach
    void roster() {
        roster = new Roster(visitors, people);
    }

    private JsonNode ahead(String path, Map<String, ?> change) {
        Answer answer = roster.steward().post(PERSONNEL + path + "/ahead", change);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> reasons(JsonNode ahead) {
        return ahead.path("reasons").valueStream().map(r -> r.path("code").asString()).toList();
    }

    @Test
    void leavingOrLosingTheClearanceTellsBeforeWhatEnds() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        Visitor account = roster.signedIn(username);

        JsonNode leaving = ahead(person, Map.of("action", "leave"));
        assertThat(reasons(leaving)).containsExactly("LEFT");
        assertThat(leaving.path("reasons").path(0).path("text").asString()).isNotBlank();
        assertThat(leaving.path("reached").path(0).path("kind").asString()).isEqualTo("ACCOUNT");
        assertThat(leaving.path("reached").path(0).path("id").asString()).isEqualTo(username);
        assertThat(leaving.path("sessions").asLong()).isEqualTo(1);

        assertThat(reasons(ahead(person, Map.of("removed", true)))).containsExactly("REMOVED");
        assertThat(reasons(ahead(person, Map.of("fields", Map.of("clearance", "LOST")))))
                .containsExactly("NOT_CLEARED");
        assertThat(reasons(ahead(person, Map.of("fields", Map.of("clearanceEnd", "2026-01-02")))))
                .containsExactly("CLEARANCE_EXPIRED");
        JsonNode harmless = ahead(person, Map.of("fields", Map.of("mobile", "13905720009")));
        assertThat(reasons(harmless)).isEmpty();
        assertThat(harmless.path("reached")).isEmpty();

        assertThat(account.get("/api/v1/session").status()).isEqualTo(200);
        assertThat(people.byUsername(username)).get().matches(Person::active);
    }

    @Test
    void whatEndedBeforeIsNotToldAgain() {
        String person = roster.person(roster.vendor(), roster.account("developer"));
        roster.act("key-person", person, "suspend");
        assertThat(reasons(ahead(person, Map.of("action", "leave")))).isEmpty();
    }

    @Test
    void barringAVendorTellsWhichPeopleLoseTheirAccess() {
        String vendor = roster.vendor();
        String person = roster.person(vendor, roster.account("developer"));

        JsonNode barring = ahead("vendors/" + vendor, Map.of("action", "bar"));

        assertThat(reasons(barring)).containsExactly("VENDOR_NOT_ADMITTED");
        assertThat(barring.path("reached").toString()).contains(person);
        assertThat(reasons(ahead("vendors/" + vendor, Map.of("fields", Map.of())))).isEmpty();
    }

    @Test
    void whoMayNotSeeAPersonIsToldNothing() {
        String person = roster.person(roster.vendor(), roster.account("developer"));
        Answer refused =
                visitors.person("hu.bin")
                        .post(PERSONNEL + person + "/ahead", Map.of("action", "leave"));
        assertThat(refused.status()).isIn(403, 404);
    }
}

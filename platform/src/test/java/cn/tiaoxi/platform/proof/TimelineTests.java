package cn.tiaoxi.platform.proof;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.TestLog;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.evidence.Logs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Timelines of people, applications, datasets and grants. */
@PlatformTest
class TimelineTests {
    private static final String API = "/api/v1/trace/timeline?about=";

    @Autowired private Visitors visitors;
    @Autowired private Logs logs;
    @Autowired private JdbcClient database;

    private Visitor officer() {
        return visitors.person("sun.qi");
    }

    private List<String> told(String query) {
        List<String> all = new ArrayList<>();
        for (JsonNode item : officer().get(API + query).json().path("items")) {
            all.add(item.path("kind").asString() + " " + item.path("action").asString());
        }
        return all;
    }

    /** A change as the outbox holds it. */
    private void change(String object, String organisation, String detail) {
        database.sql(
                        """
                        INSERT INTO evidence.change
                               (record, time, actor, organisation, action, object, outcome, leaf)
                        SELECT id, now(), 'someone', :organisation, 'thing.done', :object, 'OK',
                               json_build_object('v', 1, 'id', id, 'time', now(), 'kind', 'CHANGE',
                                   'actor', 'someone', 'organisation', :organisation,
                                   'action', 'thing.done', 'object', :object, 'outcome', 'OK',
                                   'detail', :detail::json)::text
                          FROM gen_random_uuid() AS id
                        """)
                .param("organisation", organisation)
                .param("object", object)
                .param("detail", detail)
                .update();
    }

    @Test
    void an_application_shows_its_calls_and_the_changes_that_name_it() {
        String application = UUID.randomUUID().toString();
        String grant = UUID.randomUUID().toString();
        String dataset = UUID.randomUUID().toString();
        TestLog log = new TestLog(logs);
        Instant now = Instant.now();
        Map<String, String> detail = Map.of("grant", grant, "dataset", dataset, "rows", "3");
        log.call(application, "people", now.minus(Duration.ofHours(2)), "OK", detail);
        log.call(application, "people", now.minus(Duration.ofHours(1)), "OK", detail);
        log.call("another", "people", now, "OK", Map.of("grant", "g", "rows", "3"));
        log.finding(application, "people", now.minus(Duration.ofMinutes(30)), "WALK", 9, grant);
        log.takenOver();
        change(
                "grant:" + grant,
                "330500-data",
                "{\"application\":\"%s\",\"dataset\":\"%s\"}".formatted(application, dataset));

        List<String> all =
                List.of("CHANGE thing.done", "FINDING finding", "CALL call", "CALL call");
        assertThat(told("application:" + application)).isEqualTo(all);
        assertThat(told("grant:" + grant)).isEqualTo(all);
        assertThat(told("dataset:" + dataset))
                .containsExactly("CHANGE thing.done", "CALL call", "CALL call");
        assertThat(told("application:" + application + "&kind=CALL")).hasSize(2);
        assertThat(told("application:" + application + "&kind=CALL&kind=FINDING")).hasSize(3);
        assertThat(told("application:" + application + "&to=" + now.minus(Duration.ofMinutes(90))))
                .containsExactly("CALL call");

        JsonNode first = officer().get(API + "grant:" + grant + "&limit=3").json();
        assertThat(first.path("kind").asString()).isEqualTo("GRANT");
        assertThat(first.path("items").size()).isEqualTo(3);
        assertThat(told("grant:" + grant + "&limit=3&after=" + first.path("next").asString()))
                .containsExactly("CALL call");
    }

    @Test
    void a_person_shows_what_they_did_and_what_was_done_to_the_account_once_each() {
        visitors.person("admin")
                .post(
                        "/api/v1/people",
                        Map.of(
                                "username", "time.line",
                                "name", "施姐",
                                "organisation", "330500-data",
                                "roles", List.of("clerk")));

        JsonNode line = officer().get(API + "person:time.line").json();
        assertThat(line.path("name").asString()).isEqualTo("施姐");
        assertThat(told("person:time.line")).containsExactly("CHANGE person.added");
        assertThat(told("person:admin")).contains("CHANGE person.added");
    }

    @Test
    void one_without_reach_sees_what_belongs_to_the_own_organisation_alone() {
        String dataset = UUID.randomUUID().toString();
        change("dataset:" + dataset, "330500-police", "{}");
        change("dataset:" + dataset, "330500-data", "{}");

        assertThat(told("dataset:" + dataset)).hasSize(2);
        JsonNode items =
                visitors.person("zhang.min").get(API + "dataset:" + dataset).json().path("items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.get(0).path("organisation").path("code").asString())
                .isEqualTo("330500-police");
        assertThat(visitors.person("liu.yang").get(API + "dataset:" + dataset).status())
                .isEqualTo(403);
    }

    @Test
    void what_timelines_are_not_about_is_refused() {
        for (String about : List.of("", "person:", "row:1", "person", ":x")) {
            assertThat(officer().get(API + about).code())
                    .as(about)
                    .isEqualTo("TIMELINE_ABOUT_UNKNOWN");
        }
        assertThat(told("dataset:" + UUID.randomUUID())).isEmpty();
    }
}

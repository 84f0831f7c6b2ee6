package cn.tiaoxi.platform.personnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolders;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
@Import(PersonnelTests.Additions.class)
class PersonnelTests {
    private static final String API = "/api/v1";
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    @Autowired private Visitors visitors;
    @Autowired private People people;
    @Autowired private Roles roles;
    @Autowired private Ledger ledger;
    @Autowired private PersonnelClock clock;
    @Autowired private KeyPersonStore store;
    @Autowired private Coverage coverage;
    @Autowired private JdbcClient database;

    private Roster roster;

    /** A clock that tests put forward. */
    @TestConfiguration
    static class Additions {
        @Bean
        @Primary
        Clock settableClock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.now()
                            .plus(AHEAD.get())
                            .truncatedTo(java.time.temporal.ChronoUnit.MICROS);
                }
            };
        }
    }

    @BeforeEach
    void roster() {
        roster = new Roster(visitors, people);
    }

    @AfterEach
    void back() {
        AHEAD.set(Duration.ZERO);
    }

    private boolean isActive(String username) {
        return people.byUsername(username).filter(Person::active).isPresent();
    }

    private List<LossReason> reasons(String person) {
        return store.find(person).orElseThrow().reasons();
    }

    private Map<String, Object> facts(String person) {
        return ledger.get("key-person", person).facts();
    }

    private String training(LocalDate day) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", "SECURITY");
        fields.put("date", day.toString());
        fields.put("hours", 2);
        fields.put("content", "数据安全法与本市条例");
        fields.put("exam", true);
        return roster.add("training", "330500-data", "数据安全培训" + Roster.unique(), fields);
    }

    private Answer record(Visitor who, String training, boolean preview, Object... rows) {
        return who.post(
                API + "/trainings/" + training + "/attendance",
                Map.of("rows", List.of(rows), "preview", preview));
    }

    @Test
    void accessEndsWhenTheClearanceRunsOut() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        roster.change(
                "key-person",
                person,
                Map.of("clearanceEnd", LocalDate.now().plusDays(10).toString()));
        clock.goOff();
        assertThat(isActive(username)).isTrue();

        AHEAD.set(Duration.ofDays(12));
        clock.goOff();

        assertThat(isActive(username)).isFalse();
        assertThat(reasons(person)).containsExactly(LossReason.CLEARANCE_EXPIRED);
        assertThat(facts(person)).containsEntry("accountActive", false);
        clock.goOff();
        assertThat(
                        database.sql(
                                        """
                                        SELECT count(*) FROM published.personnel_loss
                                         WHERE subject = :person::uuid
                                        """)
                                .param("person", person)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void accessEndsWhenTheContractRunsOut() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        roster.change(
                "key-person", person, Map.of("until", LocalDate.now().plusDays(10).toString()));

        AHEAD.set(Duration.ofDays(12));
        clock.goOff();

        assertThat(isActive(username)).isFalse();
        assertThat(reasons(person)).containsExactly(LossReason.CONTRACT_ENDED);
    }

    @Test
    void whoGoesWithoutTrainingForLongerThanTheGraceLosesAccess() {
        String late = roster.account("developer");
        String without = roster.person(roster.vendor(), late);
        String username = roster.account("developer");
        String trained = roster.person(roster.vendor(), username);
        Answer recorded =
                record(
                        roster.steward(),
                        training(LocalDate.now()),
                        false,
                        Map.of("person", username, "attended", true, "score", 88.5));
        assertThat(recorded.status()).as(recorded.toString()).isEqualTo(200);
        assertThat(facts(trained)).containsEntry("trained", true);
        assertThat(facts(without)).containsEntry("trained", false);

        AHEAD.set(Duration.ofDays(62));
        clock.goOff();

        assertThat(isActive(late)).isFalse();
        assertThat(reasons(without)).containsExactly(LossReason.UNTRAINED);
        assertThat(isActive(username)).isTrue();
    }

    @Test
    void anExamThatIsNotPassedDoesNotCount() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        String training = training(LocalDate.now());
        record(roster.steward(), training, false, Map.of("person", username, "score", 59));
        assertThat(facts(person)).containsEntry("trained", false);

        Answer again =
                record(roster.steward(), training, false, Map.of("person", username, "score", 60));

        assertThat(again.json().path("rows").get(0).path("outcome").asString())
                .as(again.toString())
                .isEqualTo("CHANGED");
        assertThat(facts(person)).containsEntry("trained", true);
        assertThat(store.find(person).orElseThrow().trainedUntil())
                .isEqualTo(LocalDate.now().plusMonths(12));
    }

    @Test
    void wrongRowsAreToldAndHinderAllOthers() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        String training = training(LocalDate.now().minusDays(1));
        Object[] rows = {
            Map.of("person", username, "score", 90),
            Map.of("person", "没有这个人", "score", 90),
            Map.of("person", person, "score", 80),
            Map.of("person", username, "score", -1),
            Map.of("person", username, "attended", false, "passed", true)
        };
        JsonNode preview = record(roster.steward(), training, true, rows).json().path("rows");
        assertThat(preview.valueStream().map(r -> r.path("outcome").asString()))
                .containsExactly("ADDED", "WRONG", "WRONG", "WRONG", "WRONG");
        assertThat(preview.get(1).path("error").asString()).contains("没有这个人");
        assertThat(preview.get(2).path("error").asString()).contains("两次");

        Answer refused = record(roster.steward(), training, false, rows);

        assertThat(refused.code()).isEqualTo("REQUEST_INVALID");
        assertThat(refused.json().path("errors")).hasSize(4);
        assertThat(
                        roster.steward()
                                .get(API + "/trainings/" + training + "/attendance")
                                .json()
                                .path("items"))
                .isEmpty();
        assertThat(
                        record(
                                        roster.steward(),
                                        training(LocalDate.now().plusDays(3)),
                                        false,
                                        Map.of("person", username))
                                .code())
                .isEqualTo("REQUEST_INVALID");
    }

    @Test
    void aForeignDepartmentNeitherSeesPersonalDataNorActs() {
        String username = roster.account("developer");
        String person = roster.person(roster.vendor(), username);
        Visitor foreign = visitors.person("chen.jie");
        String entry = API + "/ledgers/key-person/entries/" + person;

        assertThat(foreign.get(API + "/personnel/" + person + "/reach").code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(foreign.get(API + "/personnel?limit=200").text()).doesNotContain(person);
        assertThat(foreign.get(entry).text()).doesNotContain("13905720003", "residentId");
        assertThat(roster.tryAct(foreign, "key-person", person, "leave").code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(
                        foreign.post(
                                        API + "/personnel/" + person + "/reinstate",
                                        Map.of("reason", "试试"))
                                .code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(
                        record(foreign, training(LocalDate.now()), true, Map.of("person", person))
                                .text())
                .doesNotContain(username);
        assertThat(isActive(username)).isTrue();
        assertThat(
                        visitors.person("zhang.min")
                                .get(API + "/personnel?limit=200&q=" + username)
                                .text())
                .contains(person)
                .doesNotContain("13905720003");
    }

    @Test
    void anEntryCannotEndTheAccessOfAnAccountOfOthers() {
        String vendor = roster.vendor();
        String person = roster.person(vendor, roster.account("developer"));
        Visitor clerk = visitors.person("wang.wei");

        Answer foreign =
                roster.tryChange(clerk, "key-person", person, Map.of("account", "liu.yang"));
        Answer twice =
                roster.tryChange(
                        clerk,
                        "key-person",
                        roster.person(vendor, roster.account("developer")),
                        Map.of("account", store.find(person).orElseThrow().username()));

        assertThat(foreign.code()).as(foreign.toString()).isEqualTo("ACCOUNT_FOREIGN");
        assertThat(twice.code()).as(twice.toString()).isEqualTo("ACCOUNT_MANAGED_TWICE");
        assertThat(isActive("liu.yang")).isTrue();
    }

    @Test
    void nobodySwitchesTheirOwnAccountOff() {
        String username = roster.account("clerk");
        String person = roster.person(roster.vendor(), username);
        Visitor own = roster.signedIn(username);

        assertThat(roster.tryAct(own, "key-person", person, "leave").code())
                .isEqualTo("OWN_ACCOUNT");
        assertThat(ledger.get("key-person", person).state()).isEqualTo("ACTIVE");
        assertThat(isActive(username)).isTrue();
    }

    @Test
    void aNewEntryTakesNothingFromAnAccountThatIsThere() {
        String username = roster.account("developer");
        roster.add("key-person", "330500-police", "新来的", Map.of("account", username));

        assertThat(isActive(username)).isTrue();
    }

    @Test
    void whoIsNotInForceYetHasNothingToLose() {
        String username = roster.account("developer");
        String barred = roster.vendor();
        roster.act("vendor", barred, "suspend");
        Map<String, Object> fields = new HashMap<>(Roster.cleared(roster.vendor(), username));
        String person = roster.add("key-person", "330500-police", "等待 " + Roster.unique(), fields);

        roster.change("key-person", person, Map.of("vendor", barred));

        assertThat(reasons(person)).contains(LossReason.VENDOR_NOT_ADMITTED);
        assertThat(store.find(person).orElseThrow().loss()).isNull();
        assertThat(isActive(username)).isTrue();
    }

    @Test
    void whatIsMissingOnTheFirstDayInForceEndsTheAccess() {
        String username = roster.account("developer");
        String barred = roster.vendor();
        roster.act("vendor", barred, "suspend");
        String person =
                roster.add(
                        "key-person",
                        "330500-police",
                        "上岗 " + Roster.unique(),
                        Roster.cleared(barred, username));
        assertThat(isActive(username)).isTrue();

        roster.act("key-person", person, "engage");

        assertThat(reasons(person)).containsExactly(LossReason.VENDOR_NOT_ADMITTED);
        assertThat(isActive(username)).isFalse();
    }

    @Test
    void coverageCountsPeopleWithAccessWhoAreManaged() {
        String without = roster.account("developer");
        String username = roster.account("developer");
        roster.person(roster.vendor(), username);
        Visitor steward = roster.steward();

        JsonNode unmanaged =
                steward.get(API + "/personnel/coverage/people?unmanaged=true&limit=200").json();

        assertThat(unmanaged.path("items").valueStream())
                .noneSatisfy(h -> assertThat(h.path("username").asString()).isEqualTo(username))
                .anySatisfy(
                        h -> {
                            assertThat(h.path("username").asString()).isEqualTo(without);
                            assertThat(h.path("lacks").asString()).isEqualTo("ENTRY");
                            assertThat(h.path("mend").asString()).contains("登记");
                            assertThat(h.path("link").asString())
                                    .isEqualTo("/ledgers/key-person/new?f.account=" + without);
                        });
        JsonNode rate = steward.get(API + "/personnel/coverage").json();
        assertThat(rate.path("people").asLong())
                .isEqualTo(rate.path("managed").asLong() + unmanaged.path("total").asLong());
        coverage.refresh();
        assertThat(
                        database.sql(
                                        """
                                        SELECT managed FROM published.personnel_coverage
                                         WHERE person IN (:one, :other) ORDER BY managed
                                        """)
                                .param("one", username)
                                .param("other", without)
                                .query(Boolean.class)
                                .list())
                .containsExactly(false, true);
    }

    @Test
    void listsFilterByWhatTheyName() {
        String vendor = roster.vendor();
        String username = roster.account("developer");
        String person = roster.person(vendor, username);
        String pending = roster.add("key-person", "330500-police", "待岗", Map.of("vendor", vendor));
        Visitor steward = roster.steward();
        String list = API + "/personnel?vendor=" + vendor;

        assertThat(steward.get(list).json().path("total").asInt()).isEqualTo(2);
        JsonNode wanting = steward.get(list + "&unmanaged=true").json().path("items");
        assertThat(wanting).hasSize(1);
        assertThat(wanting.get(0).path("entry").asString()).isEqualTo(pending);
        assertThat(
                        steward.get(list + "&standing=good")
                                .json()
                                .path("items")
                                .get(0)
                                .path("entry")
                                .asString())
                .isEqualTo(person);
        assertThat(steward.get(list + "&state=LEFT").json().path("total").asInt()).isZero();
        assertThat(steward.get(list + "&sort=nothing").code()).isEqualTo("SORT_UNKNOWN");
        assertThat(steward.get(list + "&format=csv").text()).contains(username);
        assertThat(steward.get(API + "/personnel/nobody/reach").code())
                .isEqualTo("KEY_PERSON_NOT_FOUND");
        Entry entry = ledger.get("key-person", person);
        assertThat(entry.facts()).containsKey("reaches");
    }

    @Test
    void aFileThatNamesWhatThereIsNotRefusesTheStart(@TempDir Path city) throws IOException {
        String file = Files.readString(Path.of("../city/huzhou/personnel.yaml"));
        for (Map.Entry<String, String> wrong :
                Map.of(
                                "clearanceEnd", "clearanceOver",
                                "[ADMITTED]", "[WELCOME]",
                                "roles: [developer]", "roles: [hacker]",
                                "validMonths: 12", "validMonths: 0")
                        .entrySet()) {
            Files.writeString(
                    city.resolve("personnel.yaml"), file.replace(wrong.getKey(), wrong.getValue()));
            assertThatThrownBy(() -> new PersonnelTerms(CityFolders.of(city), ledger, roles))
                    .isInstanceOf(CityException.class)
                    .hasMessageContaining("personnel.yaml");
        }
    }
}

package cn.tiaoxi.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.TestLedgers;
import cn.tiaoxi.platform.ledger.TypeChanges;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class SearchIndexTests {
    private static final AtomicReference<String> ENTRY = new AtomicReference<>();

    @Autowired private Ledger ledger;
    @Autowired private SearchIndex search;
    @Autowired private SearchCare care;
    @Autowired private JdbcClient database;
    @Autowired private Visitors visitors;

    @Autowired private TypeChanges types;

    @BeforeEach
    void register() {
        TestLedgers.open(types, ledger, "system");
        if (ENTRY.get() == null) {
            ENTRY.set(add("不动产登记发证系统"));
        }
    }

    private String add(String title) {
        return ledger.add(
                        Author.SYSTEM,
                        new Ledger.NewEntry(
                                "system",
                                UUID.randomUUID().toString(),
                                title,
                                "330500-planning",
                                Map.of("purpose", "受理房屋和土地的登记 GB11643"),
                                Map.of()))
                .id();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "不动产",
                "登记发证",
                "动产登",
                "房屋 登记",
                "budongchan",
                "dengji",
                "bdc",
                "djfz",
                "dengjifazeng",
                "budongcan",
                "gb11643",
                "ＧＢ11643",
                "不动产登记系统"
            })
    void anEntryIsFoundByWordsPinyinInitialsCodesAndWithASlip(String typed) {
        assertThat(search.ids("ledger-system", typed)).contains(ENTRY.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"渔业", "yuye", "zzz", " ", "\"*:[]{}~^\\", "登记 渔业"})
    void whatDoesNotFitIsNotFoundAndNothingTypedFails(String typed) {
        assertThat(search.ids("ledger-system", typed)).doesNotContain(ENTRY.get());
    }

    @Test
    void itsCodeFindsAnEntryFirst() {
        String code = ledger.get("system", ENTRY.get()).code();
        assertThat(search.ids("ledger-system", code).getFirst()).isEqualTo(ENTRY.get());
    }

    @Test
    void aChangeIsFoundAtOnceAndTheNightlyCheckMendsWhatIsMissed() {
        String id = add("测绘成果汇交系统");
        assertThat(search.ids("ledger-system", "测绘成果")).containsExactly(id);

        ledger.change(Author.SYSTEM, "system", id, 1, Map.of("title", "地理信息汇交系统"), null);
        assertThat(search.ids("ledger-system", "测绘成果")).isEmpty();
        assertThat(search.ids("ledger-system", "dilixinxi")).containsExactly(id);

        database.sql(
                        """
                        UPDATE ledger.entry SET title = '遥感影像汇交系统', version = version + 1
                         WHERE id = :id::uuid
                        """)
                .param("id", id)
                .update();
        assertThat(search.ids("ledger-system", "遥感影像")).isEmpty();
        care.check();
        assertThat(search.ids("ledger-system", "遥感影像")).containsExactly(id);
    }

    @Test
    void peopleFindOnlyWhatTheyMayReadWithTheWordsMarked() {
        var found = visitors.person("zhao.lei").get("/api/v1/search?q=不动产").json();
        assertThat(found.path("groups"))
                .anySatisfy(
                        g -> {
                            assertThat(g.path("kind").asString()).isEqualTo("ledger-system");
                            assertThat(g.path("items").get(0).path("highlight").asString())
                                    .contains("<mark>不动产</mark>");
                        });
        assertThat(visitors.person("admin").get("/api/v1/search?q=不动产").json().path("groups"))
                .isEmpty();
        assertThat(
                        visitors.person("li.na")
                                .get("/api/v1/search?q=mzj")
                                .json()
                                .path("groups")
                                .findValuesAsString("title"))
                .isEqualTo(List.of("市民政局"));
    }

    @Test
    void bodiesAreTitledInTheAskersLanguage() {
        JsonNode chinese = body("changshuo", "zh-CN");
        assertThat(chinese.path("title").asString()).isEqualTo("昌硕街道");
        assertThat(chinese.path("subtitle").asString()).isEqualTo("安吉县");
        JsonNode english = body("昌硕", "en");
        assertThat(english.path("title").asString()).isEqualTo("Changshuo Subdistrict");
        assertThat(english.path("subtitle").asString()).isEqualTo("Anji County");
        assertThat(body("subdistrict changshuo", "zh-CN").path("title").asString())
                .isEqualTo("昌硕街道");
    }

    @Test
    void twoSyllablesOfPinyinWithTwoSlipsAreAnotherWord() {
        assertThat(search.ids("organisation", "changzhu")).doesNotContain("330523002");
        assertThat(search.ids("organisation", "changsuo")).contains("330523002");
    }

    private JsonNode body(String typed, String language) {
        String query = "q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
        return visitors.person("li.na")
                .get(
                        "/api/v1/search?kind=organisation&" + query,
                        Map.of("Accept-Language", language))
                .json()
                .path("groups")
                .path(0)
                .path("items")
                .path(0);
    }

    @Test
    void peopleAreFoundByThoseWhoMaySeeThemByNamePinyinAndUserName() {
        for (String typed : List.of("李娜", "lina", "ln", "li.na")) {
            assertThat(
                            visitors.person("zhao.lei")
                                    .get("/api/v1/search?kind=person&q=" + typed)
                                    .json()
                                    .path("groups")
                                    .findValuesAsString("title"))
                    .as(typed)
                    .contains("李娜");
        }
        assertThat(
                        visitors.person("li.na")
                                .get("/api/v1/search?kind=person&q=lina")
                                .json()
                                .path("groups"))
                .isEmpty();
    }
}

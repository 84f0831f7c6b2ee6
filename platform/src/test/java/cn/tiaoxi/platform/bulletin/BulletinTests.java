package cn.tiaoxi.platform.bulletin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.Clocks;
import cn.tiaoxi.platform.ledger.Rates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** From the figures of a month to answers that were accepted. Each test has a month of its own. */
@PlatformTest
@Import(BulletinTests.Additions.class)
@TestPropertySource(properties = "tiaoxi.flow.clock-interval=10m")
class BulletinTests {
    private static final String API = "/api/v1/bulletins";
    private static final String POLICE = "330500-police";
    private static final String MARKET = "330500-market";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);
    private static boolean filled;

    @Autowired private Visitors visitors;
    @Autowired private Rates rates;
    @Autowired private Clocks clocks;
    @Autowired private MonthlyMaking making;
    @Autowired private WorkingCalendar calendar;
    @Autowired private JdbcClient database;

    private final Map<String, Visitor> people = new HashMap<>();

    /** A clock that tests set. */
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
                    return NOW.get();
                }
            };
        }
    }

    @BeforeEach
    void fillTheLedgers() {
        now("2025-01-02T10:00");
        if (!filled) {
            filled = true;
            add(POLICE, "公安智慧门牌<script>alert(1)</script>");
            add(POLICE, "人口信息核验");
            add(MARKET, "企业登记服务");
            add("330500-civil", "社会救助");
        }
    }

    /** Moves the clock; who was signed in signs in again. */
    private void now(String local) {
        people.clear();
        NOW.set(java.time.LocalDateTime.parse(local).atZone(ZONE).toInstant());
    }

    private Visitor person(String username) {
        return people.computeIfAbsent(username, u -> visitors.signIn(u, "tiaoxi-2026"));
    }

    private void add(String organisation, String title) {
        Visitor.Answer answer =
                person("zhao.lei")
                        .post(
                                "/api/v1/ledgers/application/entries",
                                Map.of(
                                        "title",
                                        title,
                                        "organisation",
                                        organisation,
                                        "fields",
                                        Map.of()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** Keeps the rates of the last day of a month. */
    private void keep(String month) {
        now(YearMonth.parse(month).atEndOfMonth() + "T20:00");
        rates.keep();
    }

    private Visitor.Answer make(String month) {
        return person("zhao.lei").post(API, Map.of("month", month));
    }

    /** Keeps rates, makes the bulletin and sends it at that time; returns the letter to police. */
    private String sent(String month, String at) {
        keep(month);
        now(at);
        assertThat(make(month).status()).isEqualTo(201);
        Visitor.Answer sent = person("zhao.lei").post(API + "/" + month + "/send");
        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        return letterTo(month, POLICE).path("id").asString();
    }

    private JsonNode letters(String person, String month) {
        return person(person).get(API + "/" + month + "/letters?limit=200").json().path("items");
    }

    private JsonNode letterTo(String month, String organisation) {
        return letters("zhao.lei", month)
                .valueStream()
                .filter(l -> l.path("organisation").path("code").asString().equals(organisation))
                .findFirst()
                .orElseThrow();
    }

    private static String letter(String id) {
        return API + "/letters/" + id;
    }

    private List<String> titlesTo(String person, String about) {
        return database.sql(
                        """
                        SELECT title_zh FROM workbench.message
                         WHERE username = :person AND link = :link ORDER BY id
                        """)
                .param("person", person)
                .param("link", "/bulletins/letters/" + about)
                .query(String.class)
                .list();
    }

    private static Map<String, String> answer(String measures) {
        return Map.of(
                "measures",
                measures,
                "mendedBy",
                LocalDate.ofInstant(NOW.get(), ZONE).plusDays(20).toString());
    }

    @Test
    void aMonthHasOneBulletinThoughManyAskAtOnce() throws Exception {
        keep("2025-02");
        now("2025-03-03T09:00");
        person("zhao.lei");
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Visitor.Answer>> asked =
                    many.invokeAll(Collections.nCopies(4, () -> make("2025-02")));
            List<Integer> statuses = new java.util.ArrayList<>();
            for (Future<Visitor.Answer> each : asked) {
                statuses.add(each.get().status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
        }
        assertThat(make("2025-02").code()).isEqualTo("BULLETIN_EXISTS");
        assertThat(letters("zhao.lei", "2025-02"))
                .extracting(l -> l.path("organisation").path("code").asString())
                .contains(POLICE, MARKET)
                .doesNotHaveDuplicates();
    }

    @Test
    void figuresAreFrozenWhenTheBulletinIsMade() throws Exception {
        String id = sent("2025-03", "2025-04-01T09:00");
        JsonNode before = person("zhao.lei").get(letter(id)).json().path("figures");
        assertThat(before.path("own").path("entries").asInt()).isGreaterThanOrEqualTo(2);

        add(POLICE, "后来登记的应用");
        keep("2025-03");
        now("2025-04-01T10:00");
        JsonNode after = person("zhao.lei").get(letter(id)).json();

        assertThat(after.path("figures")).isEqualTo(before);
        byte[] kept = person("zhao.lei").get(letter(id) + "/figures").bytes();
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(kept));
        assertThat(after.path("sha256").asString()).isEqualTo(hash);
        assertThat(new String(kept, StandardCharsets.UTF_8)).contains("人口信息核验");
        assertThatThrownBy(
                        () ->
                                database.sql(
                                                "UPDATE bulletin.letter SET figures = '{}'"
                                                        + " WHERE id = :id::uuid")
                                        .param("id", id)
                                        .update())
                .hasMessageContaining("frozen");
    }

    @Test
    void aDraftIsForTheDataOfficeAloneAndWhoIsLeftOutGetsNoLetter() {
        keep("2025-04");
        now("2025-05-06T09:00");
        Visitor.Answer made = make("2025-04");
        String market = letterTo("2025-04", MARKET).path("id").asString();
        assertThat(person("wang.wei").get(API + "/2025-04").code()).isEqualTo("BULLETIN_NOT_FOUND");
        assertThat(person("mayor").get(API + "/2025-04").status()).isEqualTo(404);
        assertThat(person("chen.jie").get(letter(market)).code()).isEqualTo("LETTER_NOT_FOUND");

        Map<String, Object> change =
                Map.of("word", "请对照 <b>附表</b> 改正。", "leftOut", List.of(MARKET));
        Visitor.Answer changed = person("zhao.lei").patch(API + "/2025-04", change, made.version());
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(person("zhao.lei").patch(API + "/2025-04", change, made.version()).code())
                .isEqualTo("VERSION_CONFLICT");
        assertThat(
                        person("zhao.lei")
                                .patch(
                                        API + "/2025-04",
                                        Map.of("leftOut", List.of("330500-weather")),
                                        changed.version())
                                .status())
                .isEqualTo(400);
        assertThat(person("zhao.lei").post(API + "/2025-04/send").status()).isEqualTo(200);
        assertThat(person("zhao.lei").post(API + "/2025-04/send").code())
                .isEqualTo("BULLETIN_SENT");

        assertThat(person("chen.jie").get(letter(market)).status()).isEqualTo(404);
        assertThat(titlesTo("chen.jie", market)).isEmpty();
        String police = letterTo("2025-04", POLICE).path("id").asString();
        assertThat(titlesTo("wang.wei", police)).hasSize(1);
        assertThat(
                        person("wang.wei")
                                .get(letter(police))
                                .json()
                                .path("cover")
                                .path("word")
                                .asString())
                .isEqualTo("请对照 <b>附表</b> 改正。");
    }

    @Test
    void anOrganisationSeesItsOwnLetterAndNoOther() {
        String id = sent("2025-05", "2025-06-03T09:00");
        Visitor stranger = person("chen.jie");

        for (String path : List.of("", ".pdf", "/figures")) {
            assertThat(stranger.get(letter(id) + path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.post(letter(id) + "/acknowledge").status()).isEqualTo(404);
        assertThat(stranger.post(letter(id) + "/answer", answer("不归我们管")).status()).isEqualTo(404);
        assertThat(letters("chen.jie", "2025-05"))
                .extracting(l -> l.path("organisation").path("code").asString())
                .containsExactly(MARKET);
        assertThat(letters("mayor", "2025-05")).hasSizeGreaterThan(2);
        assertThat(person("mayor").post(letter(id) + "/acknowledge").status()).isEqualTo(403);
        assertThat(person("wang.wei").post(letter(id) + "/accept").status()).isEqualTo(403);
        assertThat(letters("zhao.lei", "2025-05"))
                .extracting(l -> l.path("organisation").path("code").asString())
                .doesNotContain("330500-weather");
    }

    @Test
    void anAnswerIsReturnedAnsweredAgainAndAccepted() {
        String id = sent("2025-06", "2025-07-01T09:00");
        Instant due = calendar.deadline(NOW.get(), 10);
        assertThat(letterTo("2025-06", POLICE).path("due").asString()).isEqualTo(due.toString());

        now("2025-07-02T15:00");
        JsonNode seen = person("wang.wei").post(letter(id) + "/acknowledge").json();
        assertThat(seen.path("state").asString()).isEqualTo("ACKNOWLEDGED");
        assertThat(seen.path("due").asString()).isEqualTo(due.toString());
        assertThat(deadlineOf(id)).isEqualTo(due);
        assertThat(person("zhang.min").post(letter(id) + "/acknowledge").code())
                .isEqualTo("LETTER_STATE");

        String markup = "<img src=x onerror=alert(1)> 本周补齐";
        assertThat(person("wang.wei").post(letter(id) + "/answer", answer(markup)).status())
                .isEqualTo(200);
        assertThat(titlesTo("zhao.lei", id)).anyMatch(t -> t.contains("已回复"));
        assertThat(person("zhao.lei").post(letter(id) + "/return", Map.of()).status())
                .isEqualTo(400);
        JsonNode back =
                person("zhao.lei").post(letter(id) + "/return", Map.of("reason", "请写明责任人")).json();
        assertThat(back.path("state").asString()).isEqualTo("RETURNED");
        assertThat(back.path("due").asString())
                .isEqualTo(calendar.deadline(NOW.get(), 5).toString());
        assertThat(titlesTo("wang.wei", id)).anyMatch(t -> t.contains("被退回"));

        assertThat(person("zhang.min").post(letter(id) + "/answer", answer("责任人张敏")).status())
                .isEqualTo(200);
        JsonNode end = person("zhao.lei").post(letter(id) + "/accept").json();
        assertThat(end.path("state").asString()).isEqualTo("ACCEPTED");
        assertThat(end.path("timeline"))
                .extracting(e -> e.path("action").asString())
                .containsExactly(
                        "sent", "acknowledged", "answered", "returned", "answered", "accepted");
        assertThat(end.path("timeline").get(2).path("text").asString()).isEqualTo(markup);
        assertThat(end.path("process").path("nodes").valueStream())
                .noneMatch(n -> n.path("state").asString().equals("CURRENT"));
        assertThat(
                        database.sql(
                                        "SELECT state FROM published.bulletin_letter"
                                                + " WHERE id = :id::uuid")
                                .param("id", id)
                                .query(String.class)
                                .single())
                .isEqualTo("ACCEPTED");
    }

    private Instant deadlineOf(String id) {
        return database.sql("SELECT due FROM flow.task WHERE subject = :s AND done IS NULL")
                .param("s", "bulletin-letter:" + id)
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void whoDoesNotAnswerIsRemindedAndThenItEscalates() {
        String id = sent("2025-07", "2025-08-01T09:00");
        person("wang.wei").post(letter(id) + "/acknowledge");
        Instant due = Instant.parse(letterTo("2025-07", POLICE).path("due").asString());

        NOW.set(calendar.deadline(Instant.parse("2025-08-01T01:00:00Z"), 5).minusSeconds(1));
        clocks.goOff();
        assertThat(titlesTo("wang.wei", id)).noneMatch(t -> t.contains("即将到期"));
        NOW.set(calendar.deadline(Instant.parse("2025-08-01T01:00:00Z"), 5));
        clocks.goOff();
        assertThat(titlesTo("wang.wei", id)).anyMatch(t -> t.contains("即将到期"));
        assertThat(titlesTo("zhao.lei", id)).isEmpty();

        NOW.set(due.plusSeconds(1));
        clocks.goOff();
        people.clear();
        assertThat(titlesTo("zhao.lei", id)).anyMatch(t -> t.contains("已逾期"));
        assertThat(titlesTo("zhang.min", id)).anyMatch(t -> t.contains("已逾期"));
        assertThat(titlesTo("chen.jie", id)).isEmpty();
        JsonNode late = person("zhao.lei").get(letter(id)).json();
        assertThat(late.path("overdue").asBoolean()).isTrue();
        assertThat(late.path("escalated").asBoolean()).isTrue();
        assertThat(late.path("remainingWorkingMinutes").asLong()).isLessThanOrEqualTo(0);
        assertThat(
                        person("zhao.lei")
                                .get(API + "/2025-07/letters?overdue=true")
                                .json()
                                .path("total")
                                .asInt())
                .isPositive();
        assertThat(person("wang.wei").post(letter(id) + "/answer", answer("补报")).status())
                .isEqualTo(200);
    }

    @Test
    void whoCannotAnswerIsToldToTheDataOfficeAtOnce() {
        add("330500-tax", "税务共享应用");
        sent("2025-08", "2025-09-01T09:00");
        String tax = letterTo("2025-08", "330500-tax").path("id").asString();

        assertThat(titlesTo("zhao.lei", tax)).anyMatch(t -> t.contains("无人可以签收"));
    }

    @Test
    void anAnswerThatIsTooLongOrLacksItsDayIsRefused() {
        String id = sent("2025-09", "2025-10-09T09:00");
        Visitor clerk = person("wang.wei");

        Visitor.Answer longOne = clerk.post(letter(id) + "/answer", answer("整".repeat(100_000)));
        assertThat(longOne.status()).isEqualTo(400);
        assertThat(longOne.code()).isEqualTo("REQUEST_INVALID");
        assertThat(longOne.json().path("errors").get(0).path("field").asString())
                .isEqualTo("measures");
        assertThat(longOne.json().path("errors").get(0).path("message").asString())
                .contains("5000");
        assertThat(clerk.post(letter(id) + "/answer", Map.of("measures", "有")).status())
                .isEqualTo(400);
        assertThat(
                        clerk.post(
                                        letter(id) + "/answer",
                                        Map.of("measures", "有", "mendedBy", "2025-10-08"))
                                .status())
                .isEqualTo(400);
        assertThat(clerk.post(letter(id) + "/answer", answer("a\u0000b")).status()).isEqualTo(400);
        assertThat(clerk.get(letter(id)).json().path("state").asString()).isEqualTo("SENT");
    }

    @Test
    void thePaperCanBeReadAndItsFontIsEmbedded() throws Exception {
        String id = sent("2025-10", "2025-11-03T09:00");
        JsonNode facts = person("wang.wei").get(letter(id)).json();
        Visitor.Answer answer = person("wang.wei").get(letter(id) + ".pdf");

        assertThat(answer.status()).as(answer.headers().toString()).isEqualTo(200);
        assertThat(answer.bytes().length).isLessThan(1_000_000);
        try (PDDocument document = Loader.loadPDF(answer.bytes())) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", "");
            assertThat(text)
                    .contains("市公安局", "台账规范化", "规范率", "全市", "2025年10月", "湖州市")
                    .contains("公安智慧门牌<script>alert(1)</script>")
                    .contains(facts.path("sha256").asString())
                    .contains(facts.path("places").asString());
            assertThat(document.getPage(0).getResources().getFontNames())
                    .allSatisfy(
                            f ->
                                    assertThat(
                                                    document.getPage(0)
                                                            .getResources()
                                                            .getFont(f)
                                                            .isEmbedded())
                                            .isTrue());
        }
        byte[] english =
                person("wang.wei")
                        .get(letter(id) + ".pdf", Map.of("Accept-Language", "en"))
                        .bytes();
        try (PDDocument document = Loader.loadPDF(english)) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains("Public Security Bureau", "October 2025", "Rules broken most");
        }
    }

    @Test
    void theDraftComesByItselfOnTheFirstWorkingDay() {
        keep("2025-11");
        now("2025-11-30T23:00");
        assertThat(making.make()).isFalse();
        now("2025-12-01T07:59");
        assertThat(making.make()).isFalse();
        now("2025-12-01T08:00");
        assertThat(making.make()).isTrue();
        assertThat(making.make()).isFalse();
        people.clear();
        JsonNode made = person("zhao.lei").get(API + "/2025-11").json();
        assertThat(made.path("state").asString()).isEqualTo("DRAFT");
        assertThat(made.path("madeBy").isNull()).isTrue();
    }

    @Test
    void aPlatformThatStoodStillMakesUpForItOnADayOff() {
        keep("2026-01");
        now("2026-02-07T12:00");
        assertThat(making.make()).isTrue();
    }

    @Test
    void aMonthWithoutFiguresOrAheadHasNoBulletin() {
        now("2024-03-05T09:00");
        assertThat(make("2023-01").code()).isEqualTo("BULLETIN_NO_FIGURES");
        assertThat(make("2024-04").code()).isEqualTo("BULLETIN_MONTH_AHEAD");
        assertThat(make("nonsense").status()).isEqualTo(400);
        assertThat(person("zhao.lei").get(API + "/2024-13").status()).isEqualTo(404);
        assertThat(person("zhao.lei").get(letter("no-uuid")).status()).isEqualTo(404);
    }

    @Test
    void ranksStandAmongOrganisationsOfOneKind() {
        sent("2025-12", "2026-01-05T09:00");
        List<JsonNode> offices =
                letters("zhao.lei", "2025-12")
                        .valueStream()
                        .filter(l -> l.path("kind").asString().equals("OFFICE"))
                        .toList();
        assertThat(offices).extracting(l -> l.path("places").asInt()).containsOnly(offices.size());
        for (JsonNode one : offices) {
            long better =
                    offices.stream()
                            .filter(o -> isBetter(o.path("rate"), one.path("rate")))
                            .count();
            assertThat(one.path("place").asLong()).isEqualTo(better + 1);
        }
        assertThat(letters("zhao.lei", "2025-12"))
                .allMatch(l -> l.path("change").isNumber() || l.path("change").isNull());
    }

    private static boolean isBetter(JsonNode one, JsonNode other) {
        int byShare = Double.compare(one.path("share").asDouble(), other.path("share").asDouble());
        return byShare > 0
                || byShare == 0 && one.path("score").asDouble() > other.path("score").asDouble();
    }
}

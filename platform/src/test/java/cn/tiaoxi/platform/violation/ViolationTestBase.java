package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.TestLog;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.flow.Clocks;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A clock that tests set, a gateway's log, and an application of its own for each test. */
abstract class ViolationTestBase {
    static final String API = "/api/v1";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final String MATTER = "社会保险费征缴";
    static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());
    private static TestLog opened;

    @Autowired Visitors visitors;
    @Autowired TestGrants grants;
    @Autowired Logs logs;
    @Autowired Detector detector;
    @Autowired Clocks clocks;
    @Autowired JdbcClient database;

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
    void atTheStart() {
        now("2026-12-01T10:00");
    }

    void now(String local) {
        now(at(local));
    }

    void now(Instant moment) {
        people.clear();
        NOW.set(moment);
    }

    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    Visitor person(String username) {
        return people.computeIfAbsent(username, u -> visitors.signIn(u, "tiaoxi-2026"));
    }

    TestLog log() {
        synchronized (ViolationTestBase.class) {
            if (opened == null) {
                opened = new TestLog(logs);
            }
            return opened;
        }
    }

    TestGrants.Made grant() {
        LocalDate today = LocalDate.ofInstant(NOW.get(), ZONE);
        return grants.make(this::person, today.plusDays(365), MATTER);
    }

    /** Takes over and looks at all that was called. */
    void looked() {
        log().takenOver();
        detector.look();
    }

    /** The cases of an application or interface, the newest first. */
    List<String> cases(String subject) {
        return database.sql(
                        "SELECT id::text FROM violation.violation WHERE subject = :subject"
                                + " ORDER BY opened DESC")
                .param("subject", subject)
                .query(String.class)
                .list();
    }

    List<String> rules(String subject) {
        return database.sql(
                        "SELECT rule FROM violation.violation WHERE subject = :subject ORDER BY rule")
                .param("subject", subject)
                .query(String.class)
                .list();
    }

    static String path(String id) {
        return API + "/violations/" + id;
    }

    JsonNode seen(String id) {
        return person("zhao.lei").get(path(id)).json();
    }

    String state(String id) {
        return seen(id).path("state").asString();
    }

    List<String> actions(String id) {
        return seen(id).path("timeline")
                .valueStream()
                .map(e -> e.path("action").asString())
                .toList();
    }

    Instant due(String id) {
        return Instant.parse(seen(id).path("due").asString());
    }

    void passDeadline(String id) {
        now(due(id).plusSeconds(60));
        clocks.goOff();
    }
}

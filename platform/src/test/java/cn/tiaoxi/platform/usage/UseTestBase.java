package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.sharing.TestGrants;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A clock that tests set, a gateway's log, and grants to call under. */
abstract class UseTestBase {
    static final String API = "/api/v1";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final String ONLINE = "社会保险待遇领取资格认证";

    static final AtomicReference<Instant> NOW =
            new AtomicReference<>(Instant.parse("2026-12-01T02:00:00Z"));
    private static TestGateway opened;

    @Autowired Visitors visitors;
    @Autowired TestGrants grants;
    @Autowired Logs logs;
    @Autowired Counter counter;
    @Autowired Judge judge;
    @Autowired Standings standings;
    @Autowired JdbcClient database;

    private final Map<String, Visitor> people = new HashMap<>();
    private final Random random = new Random(20_261_126);

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

    /** Moves the clock; who was signed in signs in again. */
    void now(String local) {
        people.clear();
        NOW.set(LocalDateTime.parse(local).atZone(ZONE).toInstant());
    }

    void now(Instant moment) {
        people.clear();
        NOW.set(moment);
    }

    Visitor person(String username) {
        return people.computeIfAbsent(username, u -> visitors.signIn(u, "tiaoxi-2026"));
    }

    static synchronized TestGateway gateway(Logs logs) {
        if (opened == null) {
            opened = new TestGateway(logs);
        }
        return opened;
    }

    TestGateway gateway() {
        return gateway(logs);
    }

    /** A grant over a year from now, for a matter. */
    TestGrants.Made grant(String matter) {
        LocalDate today = LocalDate.ofInstant(NOW.get(), ZONE);
        return grants.make(this::person, today.plusDays(365), matter);
    }

    static Instant at(String day, String time) {
        return LocalDate.parse(day).atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
    }

    /** Calls as a service has them on a working day: other people, at any time, found. */
    void honest(String grant, String day, int calls) {
        for (int i = 0; i < calls; i++) {
            int second = 9 * 3600 + random.nextInt(8 * 3600 - 60);
            Instant time = LocalDate.parse(day).atStartOfDay(ZONE).toInstant().plusSeconds(second);
            gateway().call(grant, time, "person-" + day + "-" + i, ONLINE, 1);
        }
    }

    /** Takes over, counts and judges all that was called. */
    void judged() {
        gateway().takenOver();
        counter.count();
        judge.work();
    }

    JsonNode use(String grant) {
        return person("zhao.lei").get(API + "/use/grants/" + grant).json();
    }
}

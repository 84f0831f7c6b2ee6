package cn.tiaoxi.platform.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.contract.PolicyDigest;
import cn.tiaoxi.contract.PolicyHead;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicyReader;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.trace.NoteSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What gateways get of a change, and that none can be missed. */
@PlatformTest
class PolicyChangesTests {
    @Autowired private Policies policies;
    @Autowired private PolicyMaker maker;
    @Autowired private PolicyItemStore items;
    @Autowired private JdbcClient database;
    @Autowired private DataSource dataSource;
    @Autowired private DataFolder data;
    @Autowired private GatewayKeys keys;
    @Autowired private Visitors visitors;

    /** A policy or change as a gateway reads it. */
    private record Read(PolicyHead head, List<PolicyItem> items) {
        private PolicyItem of(String id) {
            return items.stream().filter(i -> i.id().equals(id)).findFirst().orElseThrow();
        }
    }

    private PublicKey key() throws IOException {
        return Ed25519Keys.publicKey(Files.readString(data.folder("keys").resolve("policy.pub")));
    }

    private Read read(byte[] signed) throws IOException {
        PolicyReader reader = PolicyReader.open(new ByteArrayInputStream(signed), key());
        List<PolicyItem> all = new ArrayList<>();
        reader.forEach(all::add);
        return new Read(reader.head(), all);
    }

    private Read whole() throws IOException {
        return read(policies.current().open().readAllBytes());
    }

    private Read after(PolicyHead held) throws Exception {
        return read(
                policies.after(held.version(), held.digest(), Duration.ofSeconds(5))
                        .orElseThrow()
                        .open()
                        .readAllBytes());
    }

    private String addApplication() {
        String id = UUID.randomUUID().toString();
        database.sql(
                        """
                        INSERT INTO sharing.application (id, name, description, organisation, created)
                        VALUES (:id::uuid, :name, '', '330500-data', now())
                        """)
                .param("id", id)
                .param("name", "应用 " + id)
                .update();
        return id;
    }

    private void addKey(String application, String id, String notAfter) {
        database.sql(
                        """
                        INSERT INTO sharing.application_key
                               (id, application, algorithm, material, created, not_before, not_after)
                        VALUES (:id, :application::uuid, 'HMAC_SHA256', 'AAAA', now(), now(),
                                :notAfter::timestamptz)
                        """)
                .param("id", id)
                .param("application", application)
                .param("notAfter", notAfter)
                .update();
    }

    @Test
    void a_gateway_gets_just_what_changed_also_of_a_writer_who_says_nothing() throws Exception {
        PolicyHead held = whole().head();
        String application = addApplication();

        Read change = after(held);

        assertThat(change.head().base())
                .isEqualTo(new PolicyHead.Base(held.version(), held.digest()));
        assertThat(change.items()).extracting(PolicyItem::id).containsExactly(application);
        addKey(application, "key-" + application, null);
        Read next = after(change.head());
        assertThat(next.of(application).read(PolicySnapshot.CallerApplication.class).keys())
                .hasSize(1);
        database.sql("DELETE FROM sharing.application_key WHERE id = :id")
                .param("id", "key-" + application)
                .update();
        database.sql("DELETE FROM sharing.application WHERE id = :id::uuid")
                .param("id", application)
                .update();
        assertThat(after(next.head()).of(application).content()).isNull();
        Read now = whole();
        PolicyDigest.Hasher hasher = new PolicyDigest.Hasher();
        assertThat(
                        now.items().stream()
                                .map(hasher::hash)
                                .reduce(PolicyDigest.EMPTY, PolicyDigest::plus)
                                .toString())
                .isEqualTo(now.head().digest());
        assertThat(now.items()).extracting(PolicyItem::id).doesNotContain(application);
    }

    @Test
    void who_holds_something_else_gets_the_whole() throws Exception {
        PolicyHead held = whole().head();
        addApplication();

        Read answer =
                read(
                        policies.after(held.version(), "0".repeat(32), Duration.ofSeconds(5))
                                .orElseThrow()
                                .open()
                                .readAllBytes());

        assertThat(answer.head().whole()).isTrue();
        assertThat(policies.after(answer.head().version(), "", Duration.ZERO)).isPresent();
        assertThat(policies.after(answer.head().version(), answer.head().digest(), Duration.ZERO))
                .isEmpty();
    }

    @Test
    void a_platform_restored_from_a_backup_goes_above_what_gateways_hold() throws Exception {
        PolicyHead held = whole().head();

        Read answer =
                read(
                        policies.after(held.version() + 50, held.digest(), Duration.ofSeconds(5))
                                .orElseThrow()
                                .open()
                                .readAllBytes());

        assertThat(answer.head().whole()).isTrue();
        assertThat(answer.head().version()).isGreaterThan(held.version() + 50);
    }

    /** The one that began first commits last: its change must be in a version of its own. */
    @Test
    void nothing_is_missed_whatever_the_order_of_commits() throws Exception {
        String slow = addApplication();
        String quick = addApplication();
        PolicyHead held = whole().head();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate(
                    "UPDATE sharing.application SET active = false WHERE id = '" + slow + "'");
            database.sql("UPDATE sharing.application SET active = false WHERE id = :id::uuid")
                    .param("id", quick)
                    .update();
            Read first = after(held);
            assertThat(first.items()).extracting(PolicyItem::id).containsExactly(quick);

            connection.commit();

            Read second = after(first.head());
            assertThat(second.items()).extracting(PolicyItem::id).containsExactly(slow);
            assertThat(second.of(slow).read(PolicySnapshot.CallerApplication.class).active())
                    .isFalse();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void two_platforms_and_many_writers_end_with_what_the_tables_say() throws Exception {
        List<String> applications = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            applications.add(addApplication());
        }
        PolicyHead held = whole().head();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (String application : applications) {
                work.add(
                        all.submit(
                                () -> {
                                    for (int i = 0; i < 15; i++) {
                                        addKey(application, application + "-" + i, null);
                                        if (i % 3 == 0) {
                                            maker.make();
                                        }
                                    }
                                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        Read change = after(held);
        for (String application : applications) {
            assertThat(change.of(application).read(PolicySnapshot.CallerApplication.class).keys())
                    .hasSize(15);
        }
        assertThat(change.head().digest()).isEqualTo(whole().head().digest());
    }

    @Test
    void a_key_that_expires_leaves_the_policy_though_nobody_writes() throws Exception {
        String application = addApplication();
        addKey(application, "soon-" + application, Instant.now().plusSeconds(1).toString());
        PolicyHead held = whole().head();
        Instant end = Instant.now().plusMillis(1_200);
        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        maker.followTime();

        assertThat(after(held).of(application).read(PolicySnapshot.CallerApplication.class).keys())
                .isEmpty();
    }

    @Test
    void what_is_forgotten_is_only_what_no_change_needs() throws Exception {
        String application = addApplication();
        PolicyHead old = whole().head();
        database.sql("DELETE FROM sharing.application WHERE id = :id::uuid")
                .param("id", application)
                .update();
        PolicyHead held = after(old).head();

        items.forget(Instant.now().plusSeconds(60));

        assertThat(after(old).head().whole()).isTrue();
        addApplication();
        assertThat(after(held).head().whole()).isFalse();
    }

    @Test
    void a_limit_of_an_organisation_reaches_each_of_its_applications() throws Exception {
        String application = addApplication();
        PolicyHead held = whole().head();
        database.sql(
                        """
                        INSERT INTO sharing.call_limit
                               (kind, subject, per_day, reason, changed, changed_by)
                        VALUES ('ORGANISATION', '330500-data', 77, 'r', now(), 'x')
                            ON CONFLICT (kind, subject) DO UPDATE SET per_day = 77
                        """)
                .update();
        Read change = after(held);
        assertThat(
                        change.of(application)
                                .read(PolicySnapshot.CallerApplication.class)
                                .organisationLimits()
                                .perDay())
                .isEqualTo(77);
        database.sql("DELETE FROM sharing.call_limit WHERE subject = '330500-data'").update();
        assertThat(
                        after(change.head())
                                .of(application)
                                .read(PolicySnapshot.CallerApplication.class)
                                .organisationLimits()
                                .isOpen())
                .isTrue();
    }

    /** A table that the policy is read from without a trigger would be a change passed over. */
    @Test
    void every_table_of_the_policy_has_its_triggers() throws IOException {
        String source =
                Files.readString(
                        java.nio.file.Path.of(
                                "src/main/java/cn/tiaoxi/platform/sharing/PolicyStore.java"));
        Set<String> tables = new HashSet<>();
        Matcher named = Pattern.compile("(?:FROM|JOIN) sharing\\.([a-z_]+)").matcher(source);
        while (named.find()) {
            tables.add(named.group(1));
        }
        tables.remove("policy");
        assertThat(tables).hasSizeGreaterThanOrEqualTo(5);
        List<String> watched =
                database.sql(
                                """
                                SELECT c.relname FROM pg_trigger t
                                  JOIN pg_class c ON c.oid = t.tgrelid
                                  JOIN pg_proc p ON p.oid = t.tgfoid
                                 WHERE p.prosrc LIKE '%sharing.touch_policy%' AND t.tginitdeferred
                                """)
                        .query(String.class)
                        .list();
        assertThat(watched).containsAll(tables);
    }

    @Test
    void a_refused_policy_is_kept_shown_told_and_traced_once() {
        String gateway = "gateway-" + UUID.randomUUID().toString().substring(0, 8);
        Instant now = Instant.now();
        GatewayHeartbeat.RefusedPolicy refused =
                new GatewayHeartbeat.RefusedPolicy(9, "The policy's signature does not hold", now);
        beat(gateway, refused);
        beat(gateway, refused);

        assertThat(gateway(gateway).path("refused").path("reason").asString())
                .contains("signature");
        assertThat(told(gateway)).isEqualTo(1);
        assertThat(
                        database.sql(
                                        """
                                        SELECT count(*) FROM published.change
                                         WHERE action = 'policy.refused' AND object = :object
                                        """)
                                .param("object", "gateway:" + gateway)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        beat(gateway, null);
        assertThat(gateway(gateway).path("refused").isNull()).isTrue();
    }

    private long told(String gateway) {
        return visitors.person("sun.qi")
                .get("/api/v1/messages?limit=100")
                .json()
                .path("items")
                .valueStream()
                .filter(m -> m.path("title").asString().contains(gateway))
                .count();
    }

    private JsonNode gateway(String id) {
        return visitors.person("sun.qi")
                .get("/api/v1/gateways")
                .json()
                .path("items")
                .valueStream()
                .filter(g -> g.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void beat(String gateway, GatewayHeartbeat.RefusedPolicy refused) {
        Instant now = Instant.now();
        assertThat(
                        visitors.anonymous()
                                .sendJson(
                                        "POST",
                                        "/gateway-control/v1/heartbeat",
                                        new GatewayHeartbeat(
                                                gateway,
                                                "http://127.0.0.1:9",
                                                3,
                                                now,
                                                "test.example/" + gateway,
                                                NoteSigner.generate("test.example/" + gateway)
                                                        .verifier()
                                                        .vkey(),
                                                0,
                                                now,
                                                refused),
                                        Map.of("Authorization", "Bearer " + keys.token()))
                                .status())
                .isEqualTo(204);
    }
}

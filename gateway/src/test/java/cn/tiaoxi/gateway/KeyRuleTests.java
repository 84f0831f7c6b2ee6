package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When, from where and beside which others a key may be used. */
class KeyRuleTests {
    private static final String LOOKUP = "/api/people?id_number=330502199000000007";
    private static final Instant PAST = Instant.now().minus(Duration.ofDays(9));

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = GatewayRig.standard(data, database);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static void apply(CallerKey... keys) throws Exception {
        TestPolicy policy = TestPolicy.standard();
        policy.applications.clear();
        policy.applications.add(new CallerApplication("app", "app", "330500", List.of(keys), true));
        rig.apply(policy);
    }

    private static CallerKey hmac(String id, Instant until, String... addresses) {
        return TestPolicy.key(id, Algorithm.HMAC_SHA256, PAST, until, List.of(addresses), null);
    }

    private static int status(String key) throws Exception {
        return rig.call(CallSigner.hmac(key, TestPolicy.SECRET), LOOKUP).statusCode();
    }

    @Test
    void two_keys_overlap_while_one_takes_over_from_the_other() throws Exception {
        apply(hmac("old", Instant.now().plusSeconds(3_600)), hmac("new", null));
        assertThat(status("old")).isEqualTo(200);
        assertThat(status("new")).isEqualTo(200);

        apply(hmac("old", Instant.now().minusSeconds(1)), hmac("new", null));
        assertThat(status("old")).isEqualTo(401);
        assertThat(status("new")).isEqualTo(200);
    }

    @Test
    void a_key_is_taken_from_its_addresses_only() throws Exception {
        apply(
                hmac("here", null, "192.0.2.0/24", "127.0.0.0/8"),
                hmac("six", null, "::1", "2001:db8::/32"),
                hmac("there", null, "10.0.0.0/8"));

        assertThat(status("here")).isEqualTo(200);
        assertThat(status("six")).isEqualTo(403);
        assertThat(status("there")).isEqualTo(403);
    }

    @Test
    void a_key_whose_addresses_cannot_be_read_is_left_out() throws Exception {
        apply(hmac("odd", null, "nonsense"), hmac("good", null));

        assertThat(status("odd")).isEqualTo(401);
        assertThat(status("good")).isEqualTo(200);
    }
}

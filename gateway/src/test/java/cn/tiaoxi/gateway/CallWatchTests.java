package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.TraceRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway notices stands in its trace, once, without what was looked up. */
class CallWatchTests {
    @Test
    void a_walk_leaves_one_record_for_each_doubling(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabase.start();
                GatewayRig rig = GatewayRig.standard(folder, database)) {
            for (int i = 1; i <= 70; i++) {
                String value = "33050219900101%03d4".formatted(i);
                assertThat(rig.call("/api/people?id_number=" + value).statusCode()).isEqualTo(200);
            }
            List<TraceRecord> found =
                    rig.trace().stream().filter(r -> r.kind() == TraceRecord.Kind.FINDING).toList();
            assertThat(found).map(r -> r.detail("amount")).containsExactly("32", "64");
            TraceRecord first = found.getFirst();
            assertThat(first.outcome()).isEqualTo("WALK");
            assertThat(first.actor()).isEqualTo("app");
            assertThat(first.object()).isEqualTo("interface:people");
            assertThat(first.detail("grant")).isEqualTo("g1");
            assertThat(first.detail("keyId")).isEqualTo("hmac");
            assertThat(new String(first.toBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .doesNotContain("330502199");
        }
    }
}

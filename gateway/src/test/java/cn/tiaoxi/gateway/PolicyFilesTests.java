package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.SignedPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on the disk after a crash at any moment is a policy that was signed and in force. */
class PolicyFilesTests {
    @TempDir Path data;
    private final PolicySnapshot one = snapshot(1, 1);
    private final PolicySnapshot two = snapshot(2, 2);
    private final PolicySnapshot three = snapshot(3, 3);

    private static PolicySnapshot snapshot(long version, int grants) {
        TestPolicy policy = TestPolicy.standard();
        for (int i = 1; i < grants; i++) {
            policy.grants.add(TestPolicy.grant("more-" + i, "people"));
        }
        return policy.snapshot(version);
    }

    @BeforeEach
    void keys() throws IOException {
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/gateway.token"), TestPlatform.TOKEN);
        Files.writeString(
                data.resolve("keys/policy.pub"),
                Base64.getEncoder().encodeToString(TestPolicy.PAIR.getPublic().getEncoded()));
    }

    private PolicyKeeper keeper() {
        GatewaySettings settings = GatewaySettings.of(List.of("--data=" + data), Map.of());
        return new PolicyKeeper(settings, new OwnFolder(settings.folder()), InstantSource.system());
    }

    private PolicyKeeper restored() {
        PolicyKeeper keeper = keeper();
        keeper.restore();
        return keeper;
    }

    private static byte[] whole(PolicySnapshot policy) {
        return SignedPolicy.whole(policy, TestPolicy.PAIR.getPrivate());
    }

    private static byte[] change(PolicySnapshot from, PolicySnapshot to) {
        return SignedPolicy.change(from, to, TestPolicy.PAIR.getPrivate());
    }

    private static void apply(PolicyKeeper keeper, byte[] signed) throws IOException {
        keeper.apply(new ByteArrayInputStream(signed));
    }

    private Path file(String name) {
        return data.resolve("gateway").resolve(name);
    }

    @Test
    void changes_are_read_again_in_their_order() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));
        apply(keeper, change(two, three));

        PolicyKeeper again = restored();

        assertThat(again.version()).isEqualTo(3);
        assertThat(again.current().hasGrant("more-2")).isTrue();
        assertThat(again.question()).isEqualTo(keeper.question());
    }

    @Test
    void a_change_torn_at_any_byte_leaves_the_one_before_and_can_be_made_good() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));
        byte[] good = Files.readAllBytes(file(PolicyFiles.CHANGES));
        byte[] next = change(two, three);
        for (int torn = 0; torn < next.length; torn++) {
            byte[] left = Arrays.copyOf(good, good.length + torn);
            System.arraycopy(next, 0, left, good.length, torn);
            Files.write(file(PolicyFiles.CHANGES), left);

            PolicyKeeper again = restored();

            assertThat(again.version()).as("%d bytes", torn).isEqualTo(2);
            assertThat(Files.size(file(PolicyFiles.CHANGES))).isEqualTo(good.length);
            if (torn % 97 == 0) {
                apply(again, next);
                assertThat(restored().version()).isEqualTo(3);
            }
        }
    }

    @Test
    void a_whole_policy_torn_at_any_byte_leaves_what_was_there() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));
        byte[] next = whole(three);
        for (int torn = 0; torn <= next.length; torn += 41) {
            Files.write(file("policy.draft"), Arrays.copyOf(next, torn));

            assertThat(restored().version()).isEqualTo(2);
            assertThat(file("policy.draft")).doesNotExist();
        }
    }

    /** Killed after the whole policy got its name and before the changes were deleted. */
    @Test
    void changes_that_a_whole_policy_overtook_are_passed_over() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));
        Files.write(file(PolicyFiles.WHOLE), whole(three));

        PolicyKeeper again = restored();

        assertThat(again.version()).isEqualTo(3);
        PolicySnapshot four = snapshot(4, 1);
        apply(again, change(three, four));
        assertThat(restored().version()).isEqualTo(4);
    }

    @Test
    void what_somebody_altered_on_the_disk_is_not_put_into_force() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));
        byte[] changes = Files.readAllBytes(file(PolicyFiles.CHANGES));
        changes[changes.length - 5] ^= 1;
        Files.write(file(PolicyFiles.CHANGES), changes);
        assertThat(restored().version()).isEqualTo(1);

        byte[] whole = Files.readAllBytes(file(PolicyFiles.WHOLE));
        whole[whole.length - 5] ^= 1;
        Files.write(file(PolicyFiles.WHOLE), whole);
        assertThat(restored().current()).isNull();
    }

    @Test
    void a_lost_change_a_rolled_back_version_and_a_wrong_base_are_refused() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(two));

        assertThatThrownBy(() -> apply(keeper, whole(one))).hasMessageContaining("not newer");
        assertThat(keeper.refused().version()).isEqualTo(1);
        assertThatThrownBy(() -> apply(keeper, change(three, snapshot(4, 1))))
                .hasMessageContaining("does not build on");
        assertThatThrownBy(() -> apply(keeper, change(snapshot(2, 5), three)))
                .hasMessageContaining("does not build on");
        assertThat(keeper.version()).isEqualTo(2);
        assertThat(keeper.question().digest()).as("it asks for the whole").isNull();

        apply(keeper, whole(three));

        assertThat(keeper.refused()).isNull();
        assertThat(keeper.question().digest()).isNotNull();
    }

    @Test
    void the_same_policy_in_one_piece_replaces_the_changes() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        apply(keeper, change(one, two));

        apply(keeper, whole(two));

        assertThat(file(PolicyFiles.CHANGES)).doesNotExist();
        assertThat(restored().version()).isEqualTo(2);
    }

    @Test
    void too_little_memory_is_reported_and_the_policy_stays() throws IOException {
        PolicyKeeper keeper = keeper();
        apply(keeper, whole(one));
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new OutOfMemoryError("for a test");
                    }
                };

        assertThatThrownBy(() -> keeper.apply(failing)).isInstanceOf(OutOfMemoryError.class);

        assertThat(keeper.version()).isEqualTo(1);
        assertThat(keeper.refused().reason()).contains("OutOfMemoryError");
    }
}

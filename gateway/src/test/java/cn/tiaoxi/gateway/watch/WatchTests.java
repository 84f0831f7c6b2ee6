package cn.tiaoxi.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.tiaoxi.contract.WatchSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is noticed is told once per window and doubling, in bounded memory. */
class WatchTests {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final long TEN = 1_800_000_000L / 3_600 * 3_600;

    private final List<String> told = new ArrayList<>();
    private final Watch watch = new Watch(16, 4, 42);

    private void call(String application, String address, String value, long at) {
        watch.saw(
                application,
                "people",
                "key-" + application,
                address,
                Map.of("id_number", value),
                at,
                (sign, amount) -> told.add(sign + " " + amount));
    }

    private static String resident(int serial) {
        String body = "33050219900101%03d".formatted(serial);
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += WEIGHTS[i] * (body.charAt(i) - '0');
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    @Test
    void aWalkThroughResidentsIsToldAtEachDoublingOnly() {
        for (int i = 1; i <= 200; i++) {
            call("a", "192.0.2.7", resident(i), TEN);
        }
        assertThat(told).containsExactly("WALK 32", "WALK 64", "WALK 128");
    }

    @Test
    void theNextWindowTellsAnew() {
        for (int i = 1; i <= 40; i++) {
            call("a", "192.0.2.7", resident(i), TEN);
        }
        for (int i = 41; i <= 50; i++) {
            call("a", "192.0.2.7", resident(i), TEN + 3_600);
        }
        assertThat(told).containsExactly("WALK 32", "WALK 32");
    }

    @Test
    void walksThroughOtherIdentifiersAreFoundToo() {
        for (int i = 0; i < 40; i++) {
            call("codes", "192.0.2.7", "A330500%06d".formatted(100 + 5 * i), TEN);
            String body = Integer.toString(36 * 36 * 36 + i, 36).toUpperCase(java.util.Locale.ROOT);
            call("credit", "192.0.2.7", "11330500" + "0000" + body + "4P", TEN);
        }
        assertThat(told).containsExactly("WALK 32", "WALK 32");
    }

    @Test
    void manySubjectsAreToldNearTheNumber() {
        Random random = new Random(3);
        for (int i = 0; i < 1_200; i++) {
            call("a", "192.0.2.7", Long.toString(random.nextLong(1L << 60)), TEN);
        }
        assertThat(told).contains("SUBJECTS 256", "SUBJECTS 512", "SUBJECTS 1024").hasSize(3);
    }

    @Test
    void theSameSubjectsAgainAreNotMore() {
        for (int i = 0; i < 100_000; i++) {
            call("a", "192.0.2.7", "name " + (i * 7919L % 150) * 1_000_003, TEN);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aKeyInManyNetworksIsTold() {
        for (int i = 0; i < 9; i++) {
            call("a", "10.0." + i + ".5", "x", TEN + i);
            call("b", "10.0.0." + i, "x", TEN + i);
            call("c", "2001:db8:" + i + ":0:0:0:0:1", "x", TEN + i);
            call("d", "2001:db8:1:" + i + ":0:0:0:1", "x", TEN + i);
            call("e", "10.0." + i + ".5", "x", TEN + i * 600L);
        }
        assertThat(told).containsExactly("NETWORKS 4", "NETWORKS 4", "NETWORKS 8", "NETWORKS 8");
    }

    @Test
    void fewDistinctThingsAreCountedNearlyExactlyAndManyWithinTenPercent() {
        Distinct distinct = new Distinct();
        for (int i = 1; i <= 100_000; i++) {
            distinct.add(Hashes.mixed(i));
            if (i == 8) {
                assertThat(distinct.estimate()).isEqualTo(8);
            }
            if (i == 300 || i == 2_048 || i == 100_000) {
                assertThat((double) distinct.estimate()).isCloseTo(i, within(0.1 * i));
            }
        }
    }

    @Test
    void manyCallersShareTheTableAndThoseInUseStay() {
        for (int i = 1; i <= 200; i++) {
            call("walker", "192.0.2.7", resident(i), TEN + i);
            call("other-" + i * 31, "192.0.2.7", "x", TEN + i);
        }
        assertThat(told).contains("WALK 32", "WALK 64", "WALK 128");
    }

    @Test
    void everyToldAmountIsOneOfTheSignsAmounts() {
        for (WatchSign sign : WatchSign.values()) {
            Ladder ladder = new Ladder(sign);
            for (long amount = 1; amount < 10_000; amount += 1 + amount / 7) {
                long reached = ladder.reached(amount);
                assertThat(reached == 0 || sign.isTold(reached)).isTrue();
            }
        }
    }
}

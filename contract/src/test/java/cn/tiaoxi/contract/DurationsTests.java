package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DurationsTests {
    private static final double ERROR = 0.032;

    @Property(tries = 300)
    void a_quantile_is_within_the_error_of_the_true_one(
            @ForAll @NotEmpty List<@LongRange(max = 1_000_000_000) Long> micros,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Durations durations = new Durations();
        micros.forEach(durations::add);
        int place = (int) Math.max(1, Math.ceil(share * micros.size()));
        long truth = micros.stream().sorted().skip(place - 1).findFirst().orElseThrow();

        assertThat(durations.quantile(share)).isCloseTo(truth, Offset.offset(ERROR * truth + 0.5));
    }

    @Property(tries = 300)
    void counts_up_to_powers_of_two_are_exact(
            @ForAll List<@LongRange(max = 1L << 32) Long> micros,
            @ForAll @IntRange(max = 29) int power) {
        Durations durations = new Durations();
        micros.forEach(durations::add);

        assertThat(durations.upTo(power))
                .isEqualTo(micros.stream().filter(one -> one < 1L << power).count());
    }

    @Property(tries = 100)
    void what_was_sent_arrives_and_adds_up(@ForAll List<@LongRange(max = 1L << 40) Long> micros) {
        Durations durations = new Durations();
        micros.forEach(durations::add);
        Durations arrived = Durations.of(durations.sparse());
        assertThat(arrived).isEqualTo(durations);

        arrived.add(durations);
        assertThat(arrived.count()).isEqualTo(2L * micros.size());
    }

    @Test
    void nothing_has_no_quantile() {
        assertThat(new Durations().quantile(0.99)).isZero();
    }
}

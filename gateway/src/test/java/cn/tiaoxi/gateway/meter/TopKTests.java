package cn.tiaoxi.gateway.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The bounds that the space-saving algorithm promises, for one sketch and for several added up. */
class TopKTests {
    private static final int PLACES = 8;

    @Property(tries = 300)
    void counts_are_never_too_low_and_too_high_by_the_error_at_most(
            @ForAll @Size(max = 400) List<@IntRange(max = 40) Integer> comers) {
        TopK sketch = new TopK(PLACES);
        Map<String, Long> truth = new HashMap<>();
        comers.forEach(comer -> come(sketch, truth, "c" + comer));

        holds(sketch, truth, comers.size());
    }

    @Property(tries = 300)
    void the_bounds_hold_for_sketches_added_up(
            @ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> some,
            @ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> others,
            @ForAll @Size(max = 50) List<@IntRange(max = 40) Integer> later) {
        TopK sketch = new TopK(PLACES);
        TopK other = new TopK(PLACES);
        Map<String, Long> truth = new HashMap<>();
        some.forEach(comer -> come(sketch, truth, "c" + comer));
        others.forEach(comer -> come(other, truth, "c" + comer));
        sketch.add(other);
        later.forEach(comer -> come(sketch, truth, "c" + comer));

        holds(sketch, truth, some.size() + others.size() + later.size());
    }

    @Test
    void the_few_with_most_stand_out_among_a_million_of_others() {
        TopK sketch = new TopK(200);
        Random random = new Random(7);
        for (int i = 0; i < 1_000_000; i++) {
            boolean heavy = i % 10 == 0;
            sketch.add(heavy ? "heavy" + i / 10 % 5 : "c" + random.nextInt(500_000), "", false);
        }

        assertThat(sketch.most(5)).extracting(TopK.Slot::key).allMatch(k -> k.startsWith("heavy"));
        assertThat(sketch.most(1_000)).hasSize(200);
    }

    private static void come(TopK sketch, Map<String, Long> truth, String comer) {
        sketch.add(comer, "", false);
        truth.merge(comer, 1L, Long::sum);
    }

    private static void holds(TopK sketch, Map<String, Long> truth, int additions) {
        List<TopK.Slot> found = sketch.most(PLACES);
        assertThat(sketch.additions()).isEqualTo(additions);
        assertThat(found).hasSizeLessThanOrEqualTo(PLACES);
        for (TopK.Slot slot : found) {
            long times = truth.getOrDefault(slot.key(), 0L);
            assertThat(slot.count()).isBetween(times, times + slot.error());
            assertThat(slot.error()).isLessThanOrEqualTo(additions / PLACES);
        }
        var keys = found.stream().map(TopK.Slot::key).collect(Collectors.toSet());
        truth.forEach(
                (key, times) -> {
                    if (times > additions / PLACES) {
                        assertThat(keys).contains(key);
                    }
                });
    }
}

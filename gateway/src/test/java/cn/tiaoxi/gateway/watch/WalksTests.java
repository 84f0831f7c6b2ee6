package cn.tiaoxi.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks in even steps are found, honest use is not. */
class WalksTests {
    private static int longest(List<Long> numbers) {
        Walks walks = new Walks();
        return numbers.stream().mapToInt(n -> walks.add(7, n)).max().orElse(0);
    }

    private static List<Long> walk(long from, long step, int count) {
        return LongStream.range(0, count).mapToObj(i -> from + i * step).toList();
    }

    private static List<Long> interleaved(List<List<Long>> all) {
        List<Long> mixed = new ArrayList<>();
        for (int i = 0; i < all.getFirst().size(); i++) {
            for (List<Long> each : all) {
                mixed.add(each.get(i));
            }
        }
        return mixed;
    }

    @Property(tries = 300)
    void aWalkUpOrDownIsFoundWholly(
            @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L)
                    long from,
            @ForAll @IntRange(min = -10_000, max = 10_000) int step) {
        assertThat(longest(walk(from, step == 0 ? 1 : step, 100))).isEqualTo(100);
    }

    @Property(tries = 300)
    void upToEightInterleavedWalksAreFound(
            @ForAll @IntRange(min = 1, max = 8) int count,
            @ForAll @LongRange(min = 200, max = 1_000_000) long apart) {
        List<List<Long>> all =
                IntStream.range(0, count).mapToObj(i -> walk(i * apart, 1, 80)).toList();
        assertThat(longest(interleaved(all))).isGreaterThanOrEqualTo(64);
    }

    @Test
    void aWalkIsFoundAmongOtherCallsAndThoughEachNumberIsAskedTwice() {
        Random random = new Random(1);
        List<Long> mixed = new ArrayList<>();
        for (long each : walk(330_502_199_001_010L, 1, 80)) {
            mixed.add(each);
            mixed.add(each);
            for (int i = 0; i < 5; i++) {
                mixed.add(random.nextLong(100_000_000_000_000L));
            }
        }
        assertThat(longest(mixed)).isGreaterThanOrEqualTo(75);
    }

    @Test
    void whatStandsAroundParts() {
        Walks walks = new Walks();
        int longest = 0;
        for (int i = 0; i < 100; i++) {
            longest = Math.max(longest, walks.add(i / 10, i));
        }
        assertThat(longest).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 10, 33, 48, 64, 100, 1_000, 100_000, 1_000_000_000_000L})
    void aMillionRandomLookupsMakeNoWalk(long range) {
        Random random = new Random(range);
        Walks walks = new Walks();
        int longest = 0;
        for (int i = 0; i < 1_000_000; i++) {
            longest = Math.max(longest, walks.add(7, random.nextLong(range)));
        }
        assertThat(longest).isLessThan(32);
    }

    @Test
    void aShuffledListIsNoWalk() {
        List<Long> numbers = new ArrayList<>(walk(0, 1, 100_000));
        Collections.shuffle(numbers, new Random(2));
        assertThat(longest(numbers)).isLessThan(32);
    }

    @Test
    void afterARestTheWalkBeginsAnew() {
        Walks walks = new Walks();
        walk(0, 1, 40).forEach(n -> walks.add(7, n));
        for (int i = 0; i < 40; i++) {
            walks.add(7, 1_000_000_000L * (i * i + 1));
        }
        assertThat(walks.add(7, 40)).isEqualTo(1);
    }
}

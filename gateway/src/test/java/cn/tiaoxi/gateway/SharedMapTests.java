package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SharedMapTests {
    /** Keys of which many share a hash. */
    record Key(int number) {
        @Override
        public int hashCode() {
            return number % 7;
        }
    }

    record Step(Key key, Integer value) {}

    @Provide
    Arbitrary<List<List<Step>>> changes() {
        Arbitrary<Step> step =
                Combinators.combine(
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.integers().between(0, 9).injectNull(0.4))
                        .as((key, value) -> new Step(new Key(key), value));
        return step.list().ofMaxSize(30).list().ofMaxSize(12);
    }

    @Property(tries = 300)
    void it_is_what_a_plain_map_is_and_earlier_copies_stay(
            @ForAll("changes") List<List<Step>> changes) {
        Map<Key, Integer> plain = new HashMap<>();
        SharedMap<Key, Integer> shared = SharedMap.of();
        for (List<Step> steps : changes) {
            Map<Key, Integer> plainBefore = Map.copyOf(plain);
            SharedMap<Key, Integer> before = shared;
            SharedMap.Changes<Key, Integer> copy = shared.change();
            for (Step step : steps) {
                Integer old =
                        step.value() == null
                                ? copy.remove(step.key())
                                : copy.put(step.key(), step.value());
                assertThat(old)
                        .isEqualTo(
                                step.value() == null
                                        ? plain.remove(step.key())
                                        : plain.put(step.key(), step.value()));
            }
            shared = copy.done();
            assertThat(all(shared)).isEqualTo(plain);
            assertThat(shared.size()).isEqualTo(plain.size());
            assertThat(all(before)).isEqualTo(plainBefore);
        }
    }

    private static Map<Key, Integer> all(SharedMap<Key, Integer> shared) {
        Map<Key, Integer> all = new HashMap<>();
        shared.forEach(all::put);
        for (int i = 0; i <= 41; i++) {
            assertThat(shared.get(new Key(i))).isEqualTo(all.get(new Key(i)));
        }
        return all;
    }

    @Test
    void a_hundred_thousand_entries_are_found() {
        SharedMap.Changes<String, Integer> changes = SharedMap.<String, Integer>of().change();
        for (int i = 0; i < 100_000; i++) {
            changes.put("grant-" + i, i);
        }
        SharedMap<String, Integer> map = changes.done();

        assertThat(map.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(map.get("grant-" + i)).isEqualTo(i);
        }
        assertThat(map.get("grant-100000")).isNull();
    }
}

package cn.tiaoxi.lake.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cn.tiaoxi.lake.delivery.DeliveryIndex.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryIndexTests {
    @TempDir Path folder;
    private DeliveryIndex index;

    @BeforeEach
    void open() {
        index = DeliveryIndex.open(folder.resolve("index"), folder.resolve("scratch"), 200);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void add(long delivery, long... digests) {
        index.add(
                pairs -> LongStream.of(digests).forEach(digest -> pairs.add(digest, delivery)),
                delivery);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("index"))) {
            return all.filter(p -> p.toString().endsWith(".parquet")).count();
        }
    }

    @Test
    void an_empty_index_finds_nothing() {
        assertThat(index.find(Set.of(1L))).isEmpty();
        assertThat(index.received(new long[] {1}, pairs -> {}).hits()).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void a_digest_is_found_in_all_its_deliveries() {
        add(1, 5, 7, (1L << 48) - 1);
        add(2, 7, 0);
        add(3);

        assertThat(index.find(Set.of(7L, 0L)))
                .containsExactlyInAnyOrder(new Hit(7, 1), new Hit(7, 2), new Hit(0, 2));
        assertThat(index.find(Set.of((1L << 48) - 1))).containsExactly(new Hit((1L << 48) - 1, 1));
        assertThat(index.find(Set.of(6L))).isEmpty();
        assertThat(index.indexed()).isEqualTo(3);
        assertThat(index.size()).isEqualTo(5);
    }

    @Test
    void files_are_merged_and_nothing_is_lost() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Set<Hit> expected = new HashSet<>();
        for (long delivery = 1; delivery <= 150; delivery++) {
            long[] digests = random.longs(20, 0, 50).distinct().toArray();
            long of = delivery;
            LongStream.of(digests).forEach(digest -> expected.add(new Hit(digest, of)));
            add(delivery, digests);
        }

        Set<Hit> found = new HashSet<>();
        for (long digest = 0; digest < 50; digest++) {
            found.addAll(index.find(Set.of(digest)));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(files()).isLessThan(30);
    }

    @Test
    void it_is_the_same_after_it_was_closed() {
        add(1, 5);
        add(2, 5, 6);
        index.close();
        open();

        assertThat(index.indexed()).isEqualTo(2);
        assertThat(index.find(Set.of(5L))).containsExactlyInAnyOrder(new Hit(5, 1), new Hit(5, 2));
    }

    @Test
    void a_file_that_a_crash_left_is_removed() throws IOException {
        add(1, 5);
        index.close();
        Files.writeString(folder.resolve("index/pairs-99.parquet"), "half");
        open();

        assertThat(files()).isOne();
        assertThat(index.find(Set.of(5L))).hasSize(1);
    }

    @Test
    void an_index_with_a_lost_file_or_a_broken_list_is_filled_anew() throws IOException {
        add(1, 5);
        index.close();
        Files.delete(folder.resolve("index/pairs-1.parquet"));
        open();
        assertThat(index.indexed()).isZero();
        add(1, 5);
        index.close();
        Files.writeString(folder.resolve("index/list.json"), "{");
        open();

        assertThat(index.indexed()).isZero();
        assertThat(index.size()).isZero();
    }

    @Test
    void it_tells_what_recipients_received_of_a_file_and_in_all() {
        for (long delivery = 1; delivery <= 10; delivery++) {
            add(delivery, LongStream.range(delivery * 1000, delivery * 1000 + 1500).toArray());
        }

        DeliveryIndex.Received received =
                index.received(
                        new long[] {1_100, 2_100, 99_999},
                        pairs -> {
                            pairs.add(1, 70);
                            pairs.add(2, 70);
                            pairs.add(3, 71);
                        });

        assertThat(received.hits())
                .containsExactlyInAnyOrder(new Hit(1_100, 1), new Hit(2_100, 1), new Hit(2_100, 2));
        assertThat(received.subjects()).containsOnlyKeys(70L, 71L);
        assertThat((double) received.subjects().get(70L)).isCloseTo(2_500, within(250.0));
        assertThat((double) received.known()).isCloseTo(10_500, within(1_050.0));
    }

    @Test
    void it_tells_the_digests_of_deliveries() {
        add(1, 5, 6);
        add(2, 6, 7);
        add(3, 8);

        assertThat(index.digests(Set.of(1L, 2L))).isEqualTo(Set.of(5L, 6L, 7L));
        assertThat(List.of(index.indexed())).containsExactly(3L);
    }

    @Test
    void it_tells_which_of_many_digests_are_known() {
        add(1, 5, 6);

        assertThat(index.known(Set.of(5L, 7L))).containsExactly(5L);
        assertThat(index.known(Set.of())).isEmpty();
    }

    @Test
    void it_can_be_cleared() {
        add(1, 5);
        index.clear();

        assertThat(index.size()).isZero();
        assertThat(index.indexed()).isZero();
    }
}

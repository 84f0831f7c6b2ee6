package cn.tiaoxi.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StripesTests {
    private static final List<String> IDS =
            IntStream.range(0, 5_000).mapToObj(i -> "id-" + i).toList();

    @Test
    void eachThingIsInOneBatch() {
        List<String> twice = Stream.concat(IDS.stream(), IDS.stream()).toList();
        List<String> all = new ArrayList<>();
        Stripes.batches(twice).forEach(all::addAll);
        assertThat(all).hasSize(IDS.size());
        assertThat(new HashSet<>(all)).isEqualTo(Set.copyOf(IDS));
        assertThat(Stripes.batches(IDS)).hasSizeBetween(5, 10);
        assertThat(Stripes.batches(List.of())).isEmpty();
    }

    @Test
    void batchesDoNotWaitForEachOther() throws IOException {
        Stripes stripes = new Stripes();
        List<List<String>> batches = Stripes.batches(IDS);
        stripes.alone(
                batches.getFirst(),
                () -> {
                    for (List<String> other : batches.subList(1, batches.size())) {
                        CompletableFuture<Boolean> done =
                                CompletableFuture.supplyAsync(() -> ran(stripes, other));
                        assertThat(done.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
                    }
                });
    }

    private static boolean ran(Stripes stripes, List<String> ids) {
        boolean[] ran = new boolean[1];
        try {
            stripes.alone(ids, () -> ran[0] = true);
        } catch (IOException e) {
            return false;
        }
        return ran[0];
    }
}

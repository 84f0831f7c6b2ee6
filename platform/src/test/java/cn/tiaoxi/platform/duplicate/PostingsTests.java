package cn.tiaoxi.platform.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PostingsTests {
    @Property
    void whatWasAddedComesBackInOrder(
            @ForAll Set<@IntRange(max = Integer.MAX_VALUE - 1) Integer> numbers) {
        List<Integer> ascending = new ArrayList<>(new TreeSet<>(numbers));
        Postings postings = new Postings();
        ascending.forEach(postings::add);

        List<Integer> read = new ArrayList<>();
        postings.each(read::add);

        assertThat(read).isEqualTo(ascending);
        assertThat(postings.count()).isEqualTo(ascending.size());
    }

    @Test
    void numbersMustAscend() {
        Postings postings = new Postings();
        postings.add(3);
        assertThatThrownBy(() -> postings.add(3)).isInstanceOf(IllegalArgumentException.class);
    }
}

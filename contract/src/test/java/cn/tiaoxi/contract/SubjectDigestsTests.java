package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectDigestsTests {
    private static final byte[] KEY = new byte[32];

    private final SubjectDigests digests = new SubjectDigests(KEY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "33052119850714123x",
                " 330521 19850714 123X ",
                "330521-19850714-123X",
                "３３０５２１１９８５０７１４１２３Ｘ",
                "\ufeff33052119850714123X\u200b\t"
            })
    void what_people_type_for_the_same_identifier_is_the_same(String typed) {
        assertThat(digests.digest("resident-id", typed))
                .isEqualTo(digests.digest("resident-id", "33052119850714123X"));
    }

    @Test
    void another_kind_or_key_or_value_is_another_digest() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(
                        Set.of(
                                digests.digest("resident-id", "33052119850714123X"),
                                digests.digest("resident-id", "330521198507141230"),
                                digests.digest("uscc", "33052119850714123X"),
                                new SubjectDigests(other)
                                        .digest("resident-id", "33052119850714123X")))
                .hasSize(4);
    }

    /** Computed with Python's hmac module. */
    @Test
    void a_digest_is_the_beginning_of_the_hmac() {
        assertThat(Long.toHexString(digests.digest("resident-id", "330502199001010014")))
                .isEqualTo("f81b326edb43");
    }

    @Test
    void digests_are_written_and_read() {
        SplittableRandom random = new SplittableRandom(1);
        long[] some = random.longs(1000, 0, 1L << 48).toArray();
        some[0] = 0;
        some[1] = (1L << 48) - 1;
        StringBuilder text = new StringBuilder();
        for (long digest : some) {
            SubjectDigests.write(text, digest);
        }

        assertThat(text).hasSize(8_000);
        assertThat(SubjectDigests.read(text.toString())).isEqualTo(some);
    }

    @Test
    void all_bits_are_used() {
        Set<Long> seen = new HashSet<>();
        long or = 0;
        for (int i = 0; i < 10_000; i++) {
            long digest = digests.digest("x", Integer.toString(i));
            seen.add(digest);
            or |= digest;
        }

        assertThat(seen).hasSize(10_000);
        assertThat(or).isEqualTo((1L << 48) - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "AAAAAAA=", "AAAAAAA*", "AAAAAAAAA"})
    void what_is_no_text_of_digests_is_refused(String text) {
        assertThatThrownBy(() -> SubjectDigests.read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rule_opens_its_key_with_the_token_alone() {
        SealedSecret token = new SealedSecret("t".repeat(32));
        String sealed = token.seal(SubjectRule.sealedFor("k1"), KEY);
        SubjectRule rule = new SubjectRule("id_number", "resident-id", "k1", sealed);

        assertThat(rule.open(token).digest("resident-id", "1"))
                .isEqualTo(digests.digest("resident-id", "1"));
        assertThatThrownBy(() -> rule.open(new SealedSecret("u".repeat(32))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SubjectRule("id_number", "resident id", "k1", sealed))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package cn.tiaoxi.gateway.filter;

import static cn.tiaoxi.gateway.filter.TestRules.bytes;
import static cn.tiaoxi.gateway.filter.TestRules.outcome;
import static cn.tiaoxi.gateway.filter.TestRules.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.gateway.filter.BrokenAnswerException.Fault;
import cn.tiaoxi.gateway.filter.TestRules.Outcome;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenAnswerTests {
    private static final TestRules RULES =
            new TestRules(
                    RecordPlace.BODY,
                    List.of("name", "phone", "secret"),
                    List.of("name", "phone"),
                    Map.of("phone", Mask.PHONE));

    private static final Supplier<AnswerFilter> JSON = () -> AnswerFilter.json(RULES.rules());
    private static final Supplier<AnswerFilter> CSV = () -> AnswerFilter.csv(RULES.rules(), ',');

    /** Stands behind each fault: must never come out. */
    private static final String BEHIND = ",\"name\":\"LEAK\",\"phone\":\"LEAK\",\"x\":\"LEAK\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":01",
                "{\"name\":1.",
                "{\"name\":1.x",
                "{\"name\":-",
                "{\"name\":+1",
                "{\"name\":1e",
                "{\"name\":.5",
                "{\"name\":NaN",
                "{\"name\":tru",
                "{\"name\":nulL",
                "{\"name\":'a'",
                "{\"name\":\"\\x\"",
                "{\"name\":\"\\u12g4\"",
                "{\"name\":\"\n\"",
                "{\"name\":\"\u0000\"",
                "{\"name\":1 2",
                "{\"name\" 1",
                "{\"name\"::1",
                "{name:1",
                "{,\"name\":1",
                "{\"name\":1,,",
                "{\"name\":[1,]",
                "{\"name\":[,1]",
                "{\"name\":[1}",
                "{\"name\":{]",
                "{\"name\":1,}",
                "{\"name\":1}}",
                "{\"name\":1}{",
                "{\"name\":1}1",
                "{\"secret\":{\"a\":1,}",
                "{\"secret\":[01]",
                "{\"secret\":\"\\q\"",
                "{\"unknown\":tRue",
                "{\"phone\":1.e",
                "{\"phone\":\"\t\"",
                "{\"phone\":{\"a\" 1}",
                "]",
                "x",
                "\u00a0{"
            })
    void what_is_no_json_ends_the_body_and_nothing_behind_it_comes_out(String broken) {
        byte[] body = bytes(broken + BEHIND);
        for (int size = 1; size <= body.length; size++) {
            Outcome outcome = outcome(JSON, body, size);

            assertThat(outcome.broken()).as("pieces of %d", size).isNotNull();
            assertThat(outcome.broken().fault()).isEqualTo(Fault.NOT_JSON);
            assertThat(outcome.broken().position()).isLessThanOrEqualTo(bytes(broken).length);
            assertThat(outcome.shown()).doesNotContain("LEAK");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "BF",
                "C0 80",
                "C1 BF",
                "C3 28",
                "E0 9F BF",
                "E4 BD 41",
                "ED A0 80",
                "F0 8F BF BF",
                "F4 90 80 80",
                "F5 80 80 80",
                "FF",
                "E4 BD A0 E4 BD",
                "F0 9F 98 41"
            })
    void what_is_no_utf8_ends_the_body_wherever_it_stands(String hex) {
        byte[] wrong = new byte[(hex.length() + 1) / 3];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = (byte) Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
        }
        for (String before :
                List.of("{\"name\":\"好ab", "{\"phone\":\"", "{\"secret\":\"abc", "{\"", "{\"好")) {
            for (Supplier<AnswerFilter> kind : List.of(JSON, CSV)) {
                String start = kind == JSON ? before : "name,phone,secret\n\"好\",\"1\",\"";
                String end = kind == JSON ? "\":1" + BEHIND : "好\"\nLEAK,2,3\n";
                byte[] body = joined(bytes(start), wrong, bytes(end));
                for (int size = 1; size <= body.length; size++) {
                    Outcome outcome = outcome(kind, body, size);

                    assertThat(outcome.broken()).isNotNull();
                    assertThat(outcome.broken().fault()).isEqualTo(Fault.NOT_UTF8);
                    assertThat(outcome.shown()).doesNotContain("LEAK");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,phone\na\"b,1\nLEAK,2\n",
                "name,phone\n\"a\"b,1\nLEAK,2\n",
                "name,phone\n\"a\" ,1\nLEAK,2\n",
                "name,phone\na,1,LEAK\nLEAK,2\n",
                "name,phone\na\nLEAK,2\n",
                "name,phone\na,1\rLEAK,2\n",
                "name\"x,phone\nLEAK,1\n"
            })
    void what_is_no_csv_ends_the_body(String broken) {
        byte[] body = bytes(broken);
        for (int size = 1; size <= body.length; size++) {
            Outcome outcome = outcome(CSV, body, size);

            assertThat(outcome.broken()).as("pieces of %d", size).isNotNull();
            assertThat(outcome.broken().fault()).isEqualTo(Fault.NOT_CSV);
            assertThat(outcome.shown()).doesNotContain("LEAK");
        }
    }

    @Test
    void a_body_that_ends_within_a_value_is_cut_off() {
        byte[] json = bytes("{\"name\":[\"好\",-1.5,true,{\"a\":null}],\"phone\":\"1\\n2\"}");
        for (int length = 0; length < json.length; length++) {
            Outcome outcome = outcome(JSON, Arrays.copyOf(json, length), 7);

            assertThat(outcome.broken()).as("%d bytes", length).isNotNull();
            assertThat(outcome.broken().fault()).isEqualTo(Fault.CUT_OFF);
        }
        for (String table : List.of("name,phone\n\"a", "name,phone\na,1\r", "\"na")) {
            assertThat(outcome(CSV, bytes(table), 3).broken().fault()).isEqualTo(Fault.CUT_OFF);
        }
    }

    @Test
    void nesting_is_bounded_also_in_what_is_removed() {
        for (String open : List.of("[", "{\"name\":", "{\"secret\":", "{\"x\":[")) {
            int each = open.endsWith("[") && open.length() > 1 ? 2 : 1;
            String fits = open.repeat(AnswerFilter.MOST_DEPTH / each);
            String deep = open.repeat(AnswerFilter.MOST_DEPTH / each + 1);

            assertThat(outcome(JSON, bytes(fits), 100).broken().fault()).isEqualTo(Fault.CUT_OFF);
            assertThat(outcome(JSON, bytes(deep), 100).broken().fault()).isEqualTo(Fault.TOO_DEEP);
        }
    }

    @Test
    void columns_are_bounded() {
        String header = "a,".repeat(AnswerFilter.MOST_COLUMNS - 1) + "name";

        assertThat(outcome(CSV, bytes(header), 1000).broken()).isNull();
        assertThat(outcome(CSV, bytes(header + ",b"), 1000).broken().fault())
                .isEqualTo(Fault.TOO_WIDE);
    }

    @Test
    void a_broken_filter_stays_broken_and_says_where() {
        AnswerFilter filter = JSON.get();
        filter.accept(Unpooled.wrappedBuffer(bytes("{\"name\":")), Unpooled.buffer());

        for (String piece : List.of("1 x", "}")) {
            assertThatThrownBy(
                            () ->
                                    filter.accept(
                                            Unpooled.wrappedBuffer(bytes(piece)),
                                            Unpooled.buffer()))
                    .isInstanceOf(BrokenAnswerException.class)
                    .hasMessage("NOT_JSON at byte 10");
        }
        assertThatThrownBy(() -> filter.end(Unpooled.buffer()))
                .isInstanceOf(BrokenAnswerException.class);
    }

    @Property(tries = 3_000)
    void exactly_the_bodies_that_a_strict_parser_takes_are_taken(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] body = bytes(RandomJson.value(random));
        for (int changes = random.nextInt(3); changes > 0 && body.length > 0; changes--) {
            byte[] by = bytes("{}[]\",:\\ 0e.-u\n\0好");
            body[random.nextInt(body.length)] = by[random.nextInt(by.length)];
        }

        Outcome outcome = outcome(JSON, body, 1 + random.nextInt(30));

        assertThat(outcome.broken() == null)
                .as("%s: %s", new String(body, StandardCharsets.UTF_8), outcome.broken())
                .isEqualTo(isJson(body));
        if (outcome.broken() == null) {
            String text = new String(body, StandardCharsets.UTF_8);
            assertThat(tree(outcome.shown())).isEqualTo(RULES.filtered(tree(text), ""));
        }
    }

    private static boolean isJson(byte[] body) {
        try {
            tree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
            return true;
        } catch (CharacterCodingException | RuntimeException e) {
            return false;
        }
    }

    private static byte[] joined(byte[]... parts) {
        var out = Unpooled.buffer();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return Arrays.copyOf(out.array(), out.writerIndex());
    }
}

package cn.tiaoxi.gateway.filter;

import static cn.tiaoxi.gateway.filter.TestRules.bytes;
import static cn.tiaoxi.gateway.filter.TestRules.run;
import static cn.tiaoxi.gateway.filter.TestRules.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFilterTests {
    private static final TestRules PEOPLE =
            new TestRules(
                    new RecordPlace("/data/rows", List.of("/code", "/data/total")),
                    List.of("name", "id", "phone", "/contact/phone", "/contact/mail", "tags"),
                    List.of("name", "id", "/contact/phone", "tags"),
                    Map.of("id", Mask.IDENTIFIER, "/contact/phone", Mask.PHONE));

    private static final String[] FIELDS = {
        "name",
        "phone",
        "/contact/phone",
        "/contact/name",
        "/rows/data/id",
        "总数",
        "/a~1b",
        "t~c",
        "/",
        "/contact/contact/name",
        "𠮷",
        "/data",
        "code"
    };

    @Test
    void fields_not_granted_go_and_others_are_masked() {
        String body =
                """
                {"code": 0, "debug": "x", "data": {"total": 2, "rows": [
                  {"id": "330502199001010014", "name": "张三", "phone": "13857212345", "new": {"a": [1]}},
                  {"phone": "13857212345", "name": "李四", "contact": {"mail": "a@b", "phone": 13857212345}}
                ]}}
                """;

        assertThat(run(AnswerFilter.json(PEOPLE.rules()), bytes(body), 1 << 20))
                .isEqualTo(
                        """
                        {"code": 0, "data": {"total": 2, "rows": [
                          {"id": "330502**********14", "name": "张三"},
                          { "name": "李四", "contact": { "phone": "138****2345"}}
                        ]}}
                        """);
    }

    @Property(tries = 3_000)
    void any_value_under_any_grant_in_any_pieces_is_what_parsing_and_filtering_gives(
            @ForAll long seed) {
        Random random = new Random(seed);
        TestRules rules = rules(random);
        String body = RandomJson.value(random);
        int[] sizes = random.ints(5, 1, 1 + (1 << random.nextInt(9))).toArray();
        ByteBuf out = Unpooled.buffer();

        TestRules.run(
                AnswerFilter.json(rules.rules()),
                bytes(body),
                out,
                random.nextBoolean() ? Unpooled::wrappedBuffer : JsonFilterTests::direct,
                sizes);

        assertThat(tree(out.toString(StandardCharsets.UTF_8)))
                .isEqualTo(rules.filtered(tree(body), ""));
    }

    @Property(tries = 300)
    void lines_are_filtered_one_by_one(@ForAll long seed) {
        Random random = new Random(seed);
        TestRules rules = rules(random);
        StringBuilder body = new StringBuilder();
        List<Object> expected = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String value = RandomJson.value(random).replaceAll("[\n\r]", " ");
            body.append(value).append(i + 1 < count || random.nextBoolean() ? "\n" : "");
            expected.add(rules.filtered(tree(value), ""));
        }

        String shown =
                run(
                        AnswerFilter.jsonLines(rules.rules()),
                        bytes(body.toString()),
                        1 + random.nextInt(20));

        assertThat(shown.lines().map(TestRules::tree).toList()).isEqualTo(expected);
    }

    private static ByteBuf direct(byte[] bytes, int from, int length) {
        return Unpooled.directBuffer(length).writeBytes(bytes, from, length);
    }

    private static TestRules rules(Random random) {
        List<String> known = new ArrayList<>();
        List<String> granted = new ArrayList<>();
        Map<String, Mask> masks = new HashMap<>();
        for (String field : FIELDS) {
            if (random.nextInt(4) > 0) {
                known.add(field);
                if (random.nextInt(3) > 0) {
                    granted.add(field);
                    if (random.nextBoolean()) {
                        masks.put(field, Mask.values()[random.nextInt(Mask.values().length)]);
                    }
                }
            }
        }
        RecordPlace place =
                switch (random.nextInt(4)) {
                    case 0 -> new RecordPlace("/data", List.of("/code", "/总数"));
                    case 1 -> new RecordPlace("/data/rows", List.of("/name"));
                    default -> RecordPlace.BODY;
                };
        return new TestRules(place, known, granted, masks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":1,\"x\":[{\"a\":\"]\"},\"\\\"}\"],\"data\":{\"rows\":{\"id\":\"33050219900101001X\"}}}",
                " [ {\"data\" : {\"rows\" : [ {\"name\":\"\\ud83d\\ude00𠮷\",\"i\\u0064\":\"\\u0033305021990\\n01010014\"}]}} ] ",
                "{\"data\":{\"rows\":[{\"secret\":-1.5e+3,\"id\":-1.5e+300000000,\"name\":true,\"phone\":null}]}}",
                "{\"data\":{\"rows\":[[{\"tags\":[\"é\",[\"€\",{\"深\":1}]],\"id\":[null,1,{\"a\":{}}]}],5,null]},\"z\":{}}",
                "\uFEFF{ , \"code\" : 0 , \"data\" : { } }"
            })
    void a_piece_may_end_at_any_byte(String text) {
        String body = text.replace("{ , ", "{ \"n\" : 1 , ");
        byte[] all = bytes(body);
        Object expected = PEOPLE.filtered(tree(body.replace("\uFEFF", "")), "");
        AnswerFilter whole = AnswerFilter.json(PEOPLE.rules());
        run(whole, all, all.length);
        for (int first = 1; first < all.length; first++) {
            for (int second = 1; second <= all.length - first; second++) {
                AnswerFilter filter = AnswerFilter.json(PEOPLE.rules());

                String shown = run(filter, all, first, second, all.length);

                assertThat(tree(shown)).as("%d, %d", first, second).isEqualTo(expected);
                assertThat(filter.report()).isEqualTo(whole.report());
            }
        }
    }

    @Test
    void what_was_cut_is_counted_by_name() {
        String body =
                "{\"data\":{\"rows\":[{\"phone\":1,\"age\":2,\"contact\":\"x\"},{\"age\":{\"age\":1},\"tags\":{\"k\":1}}]}}";
        AnswerFilter filter = AnswerFilter.json(PEOPLE.rules());

        run(filter, bytes(body), 3);

        assertThat(filter.report())
                .isEqualTo(
                        new FilterReport(
                                2,
                                1,
                                4,
                                Map.of(
                                        "/data/rows/age", 2L,
                                        "/data/rows/contact", 1L,
                                        "/data/rows/tags/k", 1L)));
    }

    @Test
    void names_that_are_counted_are_bounded() {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < 10_000; i++) {
            body.append("\"n").append(i).append("x".repeat(i % 300)).append("\":").append(i + ",");
        }
        AnswerFilter filter = AnswerFilter.json(PEOPLE.rules());

        String shown = run(filter, bytes(body.append("\"code\":7}").toString()), 1000);

        assertThat(shown).isEqualTo("{\"code\":7}");
        assertThat(filter.report().overReturned()).isEqualTo(10_000);
        assertThat(filter.report().names()).hasSize(64);
        assertThat(filter.report().names().keySet())
                .allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(101));
    }

    @Test
    void a_long_value_is_hidden_whole_however_it_comes() {
        for (int length : new int[] {65_535, 65_536, 65_537, 200_000}) {
            byte[] body = bytes("{\"data\":{\"rows\":{\"id\":\"" + "7".repeat(length) + "\"}}}");
            String id =
                    length > AnswerFilter.LONGEST_MASKED
                            ? "****"
                            : "777777" + "*".repeat(length - 8) + "77";
            for (int size : new int[] {1, 997, 65_537, 1 << 20}) {
                assertThat(run(AnswerFilter.json(PEOPLE.rules()), body, size))
                        .isEqualTo("{\"data\":{\"rows\":{\"id\":\"" + id + "\"}}}");
            }
        }
    }

    @Test
    void a_field_of_the_interface_is_shown_by_a_grant_only() {
        TestRules rules =
                new TestRules(
                        new RecordPlace("", List.of("/total", "/phone")),
                        List.of("phone", "name"),
                        List.of("name"),
                        Map.of());

        String shown =
                run(
                        AnswerFilter.json(rules.rules()),
                        bytes("{\"total\":1,\"phone\":2,\"name\":3}"),
                        100);

        assertThat(shown).isEqualTo("{\"total\":1,\"name\":3}");
    }

    @Test
    void a_filter_whose_output_was_refused_takes_nothing_more() {
        AnswerFilter filter = AnswerFilter.json(PEOPLE.rules());
        byte[] body = bytes("{\"code\":\"" + "x".repeat(100));

        assertThatThrownBy(() -> filter.accept(body, 0, body.length, Unpooled.buffer(8, 8)))
                .isInstanceOf(IndexOutOfBoundsException.class);

        assertThatThrownBy(() -> filter.accept(body, 9, body.length, Unpooled.buffer()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_filter_takes_nothing_after_its_end() {
        AnswerFilter filter = AnswerFilter.json(PEOPLE.rules());
        run(filter, bytes("{}"), 2);

        assertThatThrownBy(() -> run(filter, bytes("{}"), 2))
                .isInstanceOf(IllegalStateException.class);
    }
}

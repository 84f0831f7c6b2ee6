package cn.tiaoxi.gateway.filter;

import static cn.tiaoxi.gateway.filter.TestRules.bytes;
import static cn.tiaoxi.gateway.filter.TestRules.run;
import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CsvFilterTests {
    private static final String[] COLUMNS = {
        "name", "id", "phone", "地址", "a,b", "say \"x\"", "secret", "new", "also;new"
    };
    private static final String[] VALUES = {
        "张三",
        "330502199001010014",
        "1990-05-03",
        "a,b;c\td|",
        "say \"hello\"",
        "two\r\nlines",
        "",
        "湖州市吴兴区凤凰路100号",
        "13857212345",
        "😀",
        " spaced ",
        "long enough to be more than eight"
    };
    private static final TestRules RULES =
            new TestRules(
                    new RecordPlace("/data", List.of()),
                    List.of("name", "id", "phone", "地址", "a,b", "say \"x\"", "secret"),
                    List.of("name", "id", "phone", "地址", "a,b", "say \"x\""),
                    Map.of(
                            "id", Mask.IDENTIFIER,
                            "phone", Mask.HIDE,
                            "地址", Mask.ADDRESS,
                            "say \"x\"", Mask.NAME));

    @Test
    void columns_not_granted_go_and_others_are_masked() {
        String body =
                "secret,name,new,id,phone\r\n1,张三,\"x\r\ny\",330502199001010014,\r\n\r\n2,\"a,b\",,,5";
        AnswerFilter filter = AnswerFilter.csv(RULES.rules(), ',');

        assertThat(run(filter, bytes(body), 1000))
                .isEqualTo("name,id,phone\r\n张三,330502**********14,****\r\n\r\n\"a,b\",,****");
        assertThat(filter.report()).isEqualTo(new FilterReport(2, 2, 2, Map.of("/data/new", 2L)));
    }

    @Test
    void a_byte_order_mark_stays_and_is_no_part_of_a_name() {
        byte[] body = bytes("\uFEFFname;secret\n\"好\";1\n");
        for (int size = 1; size < body.length; size++) {
            assertThat(run(AnswerFilter.csv(RULES.rules(), ';'), body, size))
                    .isEqualTo("\uFEFFname\n\"好\"\n");
        }
    }

    @Test
    void a_piece_may_end_at_any_byte() {
        String body =
                "\n\"say \"\"x\"\"\",secret,id\r\n\"𠮷\"\"田\",\"\"\"\",1\r\n\r\n,\"é\n\",\"x\"\n李,,123456789012";
        byte[] all = bytes(body);
        String whole = run(AnswerFilter.csv(RULES.rules(), ','), all, all.length);
        assertThat(whole)
                .isEqualTo(
                        "\n\"say \"\"x\"\"\",id\r\n\"𠮷**\",****\r\n\r\n,\"****\"\n*,123456****12");
        for (int first = 1; first < all.length; first++) {
            for (int second = 1; second <= all.length - first; second++) {
                assertThat(run(AnswerFilter.csv(RULES.rules(), ','), all, first, second, 999))
                        .isEqualTo(whole);
            }
        }
    }

    @Property(tries = 1_500)
    void any_table_in_any_pieces_is_what_parsing_and_filtering_gives(@ForAll long seed) {
        Random random = new Random(seed);
        char separator = ",;\t|".charAt(random.nextInt(4));
        List<String> header = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            header.add(COLUMNS[random.nextInt(COLUMNS.length)]);
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(header);
        for (int i = random.nextInt(6); i > 0; i--) {
            rows.add(header.stream().map(n -> VALUES[random.nextInt(VALUES.length)]).toList());
        }
        StringBuilder body = new StringBuilder();
        List<List<String>> expected = new ArrayList<>();
        for (List<String> row : rows) {
            expected.add(written(row, header, separator, random, body, rows.getFirst() == row));
        }

        String shown =
                run(
                        AnswerFilter.csv(RULES.rules(), separator),
                        bytes(body.toString()),
                        random.ints(4, 1, 1 + (1 << random.nextInt(8))).toArray());

        assertThat(parsed(shown, separator)).isEqualTo(expected);
    }

    /** Writes a row and gives what may be seen of it. */
    private static List<String> written(
            List<String> row,
            List<String> header,
            char separator,
            Random random,
            StringBuilder body,
            boolean isHeader) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i);
            boolean quoted =
                    random.nextInt(3) == 0
                            || value.matches("(?s).*[\"\r\n" + separator + "].*")
                            || row.size() == 1;
            body.append(i > 0 ? separator : "");
            body.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
            if (RULES.granted().contains(header.get(i))) {
                Mask mask = RULES.masks().get(header.get(i));
                boolean absent = value.isEmpty() && !quoted;
                String masked =
                        isHeader || mask == null ? value : Masks.apply(mask, absent ? null : value);
                kept.add(masked == null ? "" : masked);
            }
        }
        body.append(random.nextBoolean() ? "\n" : "\r\n");
        return kept.isEmpty() ? List.of("") : kept;
    }

    private static List<List<String>> parsed(String text, char separator) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    value.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    value.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == separator || c == '\n') {
                row.add(value.toString());
                value.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') {
                value.append(c);
            }
        }
        return rows;
    }
}

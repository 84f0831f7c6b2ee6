package cn.tiaoxi.gateway.filter;

import static cn.tiaoxi.gateway.filter.TestRules.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a filter takes of memory must not depend on what it filters: all it allocates is counted.
 */
class FilterMemoryTests {
    private static final long BODY = 200L << 20;
    private static final long MOST_ALLOCATED = 2 << 20;

    private static final TestRules RULES =
            new TestRules(
                    RecordPlace.BODY,
                    List.of("name", "id", "phone", "address", "remark"),
                    List.of("name", "id", "phone", "address", "remark"),
                    Map.of(
                            "name", Mask.NAME,
                            "id", Mask.IDENTIFIER,
                            "phone", Mask.PHONE,
                            "address", Mask.ADDRESS));

    @Test
    void a_list_of_any_length_is_filtered_in_constant_memory() {
        String record =
                "{\"id\":\"330502199001010014\",\"name\":\"欧阳锋\",\"phone\":\"13857212345\",\"new\":[1,2],"
                        + "\"address\":\"湖州市吴兴区凤凰路100号3幢201室\",\"remark\":\"说明\\n"
                        + "无".repeat(500)
                        + "\"},";

        long shown = stream(AnswerFilter.json(RULES.rules()), "[", record.repeat(9), "{}]");

        assertThat(shown).isGreaterThan(BODY / 2);
    }

    @Test
    void a_table_of_any_length_is_filtered_in_constant_memory() {
        String row =
                "330502199001010014,张三,13857212345,湖州市吴兴区凤凰路100号,\"" + "无".repeat(300) + "\",1\n";

        long shown =
                stream(
                        AnswerFilter.csv(RULES.rules(), ','),
                        "id,name,phone,address,remark,new\n",
                        row.repeat(9),
                        "");

        assertThat(shown).isGreaterThan(BODY / 2);
    }

    @Test
    void a_value_of_any_length_takes_no_more_than_the_bound() {
        assertThat(stream(AnswerFilter.json(RULES.rules()), "{\"id\":\"", "33050219", "\"}"))
                .isEqualTo("{\"id\":\"****\"}".length());
        assertThat(stream(AnswerFilter.json(RULES.rules()), "{\"id\":[", "1".repeat(100), "]}"))
                .isEqualTo("{\"id\":[\"****\"]}".length());
    }

    @Test
    void neither_does_a_name_nor_white_space_nor_what_is_removed() {
        assertThat(stream(AnswerFilter.json(RULES.rules()), "{\"", "nam\\u0065", "\":1}"))
                .isEqualTo("{}".length());
        assertThat(
                        stream(
                                AnswerFilter.json(RULES.rules()),
                                "{\"name\":null,",
                                " \n",
                                "\"id\":null}"))
                .isEqualTo("{\"name\":null,\"id\":null}".length());
        assertThat(stream(AnswerFilter.json(RULES.rules()), "{\"new\":[1", ",[],{\"a\":1}", "]}"))
                .isEqualTo("{}".length());
        assertThat(stream(AnswerFilter.csv(RULES.rules(), ','), "\"", "name\"\"", "\"")).isZero();
    }

    /** Streams a body whose middle is repeated; answers how many bytes came out. */
    private static long stream(AnswerFilter filter, String head, String middle, String tail) {
        byte[] first = bytes(head);
        byte[] piece = bytes(middle.repeat(1 + 16_000 / middle.length()));
        byte[] last = bytes(tail);
        ByteBuf out = Unpooled.buffer(4 * piece.length, 1 << 20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        filter.accept(first, 0, first.length, out);
        long shown = 0;
        for (long taken = 0; taken < BODY; taken += piece.length) {
            filter.accept(piece, 0, piece.length, out);
            shown += out.readableBytes();
            out.clear();
        }
        filter.accept(last, 0, last.length, out);
        filter.end(out);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(MOST_ALLOCATED);
        return shown + out.readableBytes();
    }
}

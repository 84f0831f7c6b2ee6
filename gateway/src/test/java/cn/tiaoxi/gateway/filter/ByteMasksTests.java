package cn.tiaoxi.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteMasksTests {
    @Property(tries = 5_000)
    void what_is_masked_on_bytes_is_what_masks_say(
            @ForAll Mask mask, @ForAll("values") String value) {
        String masked = onBytes(mask, value);

        if (masked != null) {
            assertThat(masked).isEqualTo(Masks.apply(mask, value));
        }
    }

    @Property
    void also_for_text_of_any_kind(@ForAll Mask mask, @ForAll @StringLength(max = 30) String text) {
        String value = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String masked = onBytes(mask, value);

        if (masked != null) {
            assertThat(masked).isEqualTo(Masks.apply(mask, value));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NAME, 张三, 张*",
        "NAME, 欧阳锋, 欧阳*",
        "IDENTIFIER, 330502199001010014, 330502**********14",
        "PHONE, 13857212345, 138****2345",
        "ADDRESS, 湖州市吴兴区凤凰路100号3幢201室, 湖州市吴兴区凤凰路****",
        "ACCOUNT, 6222021205001234567, ****4567",
        "YEAR, 1990-05-03, 1990",
        "HIDE, 张三, ****"
    })
    void usual_values_are_masked_on_bytes(Mask mask, String value, String masked) {
        assertThat(onBytes(mask, value)).isEqualTo(masked);
    }

    private static String onBytes(Mask mask, String value) {
        byte[] bytes = (">" + value + "<").getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer();
        boolean written = ByteMasks.write(mask, bytes, 1, bytes.length - 1, out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(written || text.isEmpty()).isTrue();
        return written ? text : null;
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("张欧阳诸葛锋小明 　·").ofMaxLength(6),
                Arbitraries.strings().numeric().withChars("-X/ +年.１").ofMaxLength(20),
                Arbitraries.strings().withChars("湖州市吴兴区路一十百号幢 0123A〇").ofMaxLength(16));
    }
}
